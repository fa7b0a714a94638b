// Events over time: how many in each hour, day, week or month.

import type { Instant, PaymentEventType } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';
import { bucketEdges, bucketFinder } from './buckets.ts';
import { increase, inTypeOrder } from './event-counts.ts';
import { compileEventFilter } from './event-filter.ts';
import type { EventTrends, Trend } from './event-queries.ts';

/**
 * From the first event found to the last one without gaps.
 *
 * @throws InvalidMessage for more than 1,000 buckets.
 */
export async function trendsOf(
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  { filter, interval, timezone }: EventTrends,
): Promise<readonly Trend[]> {
  const isFound = compileEventFilter(filter);
  const startOf = bucketFinder(interval, timezone);
  const counts = new Map<Instant, Map<PaymentEventType, number>>();
  for await (const event of events) {
    if (!isFound(event)) continue;
    const start = startOf(event.at);
    const types = counts.get(start) ?? new Map<PaymentEventType, number>();
    counts.set(start, types);
    increase(types, event.type);
  }
  const starts = [...counts.keys()].sort((a, b) => a - b);
  const [first] = starts;
  const last = starts.at(-1);
  if (first === undefined || last === undefined) return [];
  return bucketEdges(first, last, interval, timezone, 'EventTrends')
    .slice(0, -1)
    .map((start) => {
      const types = counts.get(start) ?? new Map<PaymentEventType, number>();
      return { start, count: types.values().reduce((sum, count) => sum + count, 0), byType: inTypeOrder(types) };
    });
}
