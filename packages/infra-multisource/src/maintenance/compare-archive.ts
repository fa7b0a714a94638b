// What an archive of events lacks of the log, or has damaged.

import type { LogSource, RecordedEvent } from '@paystrata/application';
import type { OrganizationId, PaymentId } from '@paystrata/domain';
import { monthOf } from '../files/event-archive.ts';
import type { SourceArchive, SourceEvent } from '../ports/source.ts';

export interface ArchivedLog extends Pick<LogSource, 'readAll'> {
  /** The very texts of these events. */
  texts(events: readonly RecordedEvent[]): Promise<readonly SourceEvent[]>;
}

interface ArchiveComparison {
  readonly archive: SourceArchive;
  readonly log: ArchivedLog;
  readonly signal: AbortSignal | undefined;
}

const PAGE = 500;
/** Clocks differ a little where one month becomes the next. */
const MONTHS = 2;

/** Page by page, as far as the log goes when this begins; the archive must have been brought up to there. */
export async function* archivedDifferences(
  { archive, log, signal }: ArchiveComparison,
  { organizationId, paymentId }: { readonly organizationId: OrganizationId; readonly paymentId: PaymentId | undefined },
): AsyncGenerator<readonly RecordedEvent[]> {
  const part = { organizationId, ...(paymentId !== undefined && { paymentId }) };
  const newest = await log.readAll({ direction: 'backward', from: null, limit: 1, ...part });
  const head = newest.events[0]?.position ?? 0;
  const months = new Map<string, ReadonlySet<number>>();
  for (let from = 0; from < head;) {
    signal?.throwIfAborted();
    const page = await log.readAll({ direction: 'forward', from: from === 0 ? null : from, limit: PAGE, ...part });
    const lacking: RecordedEvent[] = [];
    for (const event of page.events.filter(({ position }) => position <= head)) {
      const month = monthOf(event.at);
      const there = months.get(month) ?? (await archive.positions(organizationId, month));
      if (!months.has(month)) months.set(month, there);
      const [oldest = ''] = months.keys();
      if (months.size > MONTHS) months.delete(oldest);
      if (!there.has(event.position)) lacking.push(event);
    }
    if (lacking.length > 0) yield lacking;
    from = page.end ? head : page.next;
  }
}
