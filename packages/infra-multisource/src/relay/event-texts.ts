// The texts of events as the log has them: what an archive keeps, personal data sealed.

import { PAYMENT_CATEGORY, PortFailure, type RecordedEvent } from '@paystrata/application';
import type { SqlPaymentStore } from '@paystrata/infra-sql';
import type { SourceEvent } from '../ports/source.ts';

/** @param events in the order of the log */
export async function eventTexts(
  store: Pick<SqlPaymentStore, 'journal'>,
  events: readonly RecordedEvent[],
): Promise<readonly SourceEvent[]> {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) return [];
  const texts = new Map<number, string>();
  for (let from = first.position - 1; from < last.position;) {
    const page = await store.journal.read({
      ...{ direction: 'forward', from, limit: Math.min(last.position - from, PAGE), category: PAYMENT_CATEGORY },
    });
    for (const { position, text } of page.events) texts.set(position, text);
    from = page.events.at(-1)?.position ?? last.position;
  }
  return events.map((event) => {
    const text = texts.get(event.position);
    if (text !== undefined) return { event, text };
    throw new PortFailure('STORE_DAMAGED', `the log has no text at position ${event.position}`);
  });
}

const PAGE = 1000;
