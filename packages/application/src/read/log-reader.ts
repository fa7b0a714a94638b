// Reading a log to its end, page by page.

import type { OrganizationId, PaymentId } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';
import { PortFailure } from '../ports/failures.ts';
import type { LogPage, PaymentStore } from '../ports/payment-store.ts';

/** Where events come from: a store, or what stands for one. */
export type LogSource = Pick<PaymentStore, 'readAll' | 'epoch'>;

/** Which part of the log to read. */
export interface LogPart {
  readonly organizationId?: OrganizationId;
  readonly paymentId?: PaymentId;
  /** Forward from the beginning, unless it says otherwise. */
  readonly direction?: 'forward' | 'backward';
  /** Exclusive; null: from the end where the direction begins. */
  readonly from?: number | null;
  /** Events a page. */
  readonly pageSize?: number;
}

const PAGE_SIZE = 1000;

/** Pages until one says that nothing lay beyond it when it was read. */
export async function* readPages(source: Pick<LogSource, 'readAll'>, part: LogPart = {}): AsyncGenerator<LogPage> {
  const { pageSize = PAGE_SIZE, direction = 'forward', from = null, ...of } = part;
  let after = from;
  for (;;) {
    const page = await source.readAll({ ...of, direction, from: after, limit: pageSize });
    yield page;
    if (page.end) return;
    if (page.next === after) throw new PortFailure('STORE_DAMAGED', `the log does not go on after position ${after}`);
    after = page.next;
  }
}

/** Events until the end of the log. */
export async function* readLog(source: Pick<LogSource, 'readAll'>, part: LogPart = {}): AsyncGenerator<RecordedEvent> {
  for await (const page of readPages(source, part)) yield* page.events;
}

/** All events of a part that is known to be small, such as one payment's. */
export async function readWhole(source: Pick<LogSource, 'readAll'>, part: LogPart): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const page of readPages(source, part)) events.push(...page.events);
  return events;
}
