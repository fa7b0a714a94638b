// Events over time: how many in each hour, day, week or month.

import type { Instant, PaymentEventType } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';
import { bucketEdges, bucketFinder } from './buckets.ts';
import { increase, inTypeOrder, type EventGroup } from './event-counts.ts';
import { compileEventFilter } from './event-filter.ts';
import type { EventTrends, Trend } from './event-queries.ts';

/**
 * From the first event found to the last one without gaps.
 *
 * @throws InvalidMessage for more than 1,000 buckets.
 */
export async function trendsOf(
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  query: EventTrends,
): Promise<readonly Trend[]> {
  const isFound = compileEventFilter(query.filter);
  const tally = new TrendTally(query);
  for await (const event of events) {
    if (isFound(event)) tally.add({ at: event.at, type: event.type, count: 1 });
  }
  return tally.trends();
}

/** Adds up groups of events, each in one bucket of the query. */
export class TrendTally {
  readonly #query: Pick<EventTrends, 'interval' | 'timezone'>;
  readonly #startOf: (at: Instant) => Instant;
  readonly #counts = new Map<Instant, Map<PaymentEventType, number>>();

  constructor(query: Pick<EventTrends, 'interval' | 'timezone'>) {
    this.#query = query;
    this.#startOf = bucketFinder(query.interval, query.timezone);
  }

  add({ at, type, count }: Pick<EventGroup, 'at' | 'type' | 'count'>): void {
    const start = this.#startOf(at);
    const types = this.#counts.get(start) ?? new Map<PaymentEventType, number>();
    this.#counts.set(start, types);
    increase(types, type, count);
  }

  /** @throws InvalidMessage for more than 1,000 buckets. */
  trends(): readonly Trend[] {
    const { interval, timezone } = this.#query;
    const starts = [...this.#counts.keys()].sort((a, b) => a - b);
    const [first] = starts;
    const last = starts.at(-1);
    if (first === undefined || last === undefined) return [];
    return bucketEdges(first, last, interval, timezone, 'EventTrends')
      .slice(0, -1)
      .map((start) => {
        const types = this.#counts.get(start) ?? new Map<PaymentEventType, number>();
        return { start, count: types.values().reduce((sum, count) => sum + count, 0), byType: inTypeOrder(types) };
      });
  }
}
