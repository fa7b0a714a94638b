// How many events there are: in all, by type, hour, day, actor and payment.

import { paymentEventTypes, type Instant, type PaymentEventType, type PaymentId } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';
import { bucketFinder } from './buckets.ts';
import { compareCodePoints } from './code-point-order.ts';
import { compileEventFilter } from './event-filter.ts';
import type { EventCounts, EventStatistics } from './event-queries.ts';

/** How many payments are named. */
export const TOP_PAYMENTS = 20;

/** Events that are counted together: of one type and actor, in one hour and day. */
export interface EventGroup {
  /** Of any of them. */
  readonly at: Instant;
  readonly type: PaymentEventType;
  readonly actor: string;
  readonly count: number;
}

/** Counts by payment: of how many, and those with most events. */
export type PaymentCounts = Pick<EventCounts, 'payments' | 'byPayment'>;

/** Counts what the filter finds. Hours and days without an event are left out; the rest is in the order of time. */
export async function countEvents(
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  { filter, timezone }: EventStatistics,
): Promise<EventCounts> {
  const isFound = compileEventFilter(filter);
  const tally = new EventTally(timezone);
  const payments = new Map<PaymentId, number>();
  for await (const event of events) {
    if (!isFound(event)) continue;
    tally.add({ at: event.at, type: event.type, actor: event.actor, count: 1 });
    increase(payments, event.paymentId);
  }
  const byPayment = [...payments].sort(mostFirst).slice(0, TOP_PAYMENTS);
  return tally.counts({
    payments: payments.size,
    byPayment: byPayment.map(([paymentId, n]) => ({ paymentId, count: n })),
  });
}

/** Adds up groups of events in a time zone. */
export class EventTally {
  readonly #hourOf: (at: Instant) => Instant;
  readonly #dayOf: (at: Instant) => Instant;
  readonly #types = new Map<PaymentEventType, number>();
  readonly #hours = new Map<Instant, number>();
  readonly #days = new Map<Instant, number>();
  readonly #actors = new Map<string, number>();
  #count = 0;

  constructor(timezone: string) {
    this.#hourOf = bucketFinder('hour', timezone);
    this.#dayOf = bucketFinder('day', timezone);
  }

  add({ at, type, actor, count }: EventGroup): void {
    this.#count += count;
    increase(this.#types, type, count);
    increase(this.#hours, this.#hourOf(at), count);
    increase(this.#days, this.#dayOf(at), count);
    increase(this.#actors, actor, count);
  }

  counts(payments: PaymentCounts): EventCounts {
    return {
      count: this.#count,
      byType: inTypeOrder(this.#types),
      payments: payments.payments,
      byHour: inTimeOrder(this.#hours),
      byDay: inTimeOrder(this.#days),
      byActor: [...this.#actors].sort(mostFirst).map(([actor, n]) => ({ actor, count: n })),
      byPayment: payments.byPayment,
    };
  }
}

export function increase<Key>(counts: Map<Key, number>, key: Key, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** As an object whose keys stand in the order of a payment's life. */
export function inTypeOrder(counts: ReadonlyMap<PaymentEventType, number>): EventCounts['byType'] {
  const byType: Partial<Record<PaymentEventType, number>> = {};
  for (const type of paymentEventTypes) {
    const count = counts.get(type);
    if (count !== undefined) byType[type] = count;
  }
  return byType;
}

function inTimeOrder(counts: ReadonlyMap<Instant, number>): EventCounts['byHour'] {
  return [...counts].sort(([a], [b]) => a - b).map(([start, count]) => ({ start, count }));
}

function mostFirst([a, n]: readonly [string, number], [b, m]: readonly [string, number]): number {
  return m - n || compareCodePoints(a, b);
}
