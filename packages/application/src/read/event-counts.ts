// How many events there are: in all, by type, hour, day, actor and payment.

import { paymentEventTypes, type Instant, type PaymentEventType, type PaymentId } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';
import { bucketFinder } from './buckets.ts';
import { compareCodePoints } from './code-point-order.ts';
import { compileEventFilter } from './event-filter.ts';
import type { EventCounts, EventStatistics } from './event-queries.ts';

/** How many payments are named. */
export const TOP_PAYMENTS = 20;

/** Counts what the filter finds. Hours and days without an event are left out; the rest is in the order of time. */
export async function countEvents(
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  { filter, timezone }: EventStatistics,
): Promise<EventCounts> {
  const isFound = compileEventFilter(filter);
  const [hourOf, dayOf] = [bucketFinder('hour', timezone), bucketFinder('day', timezone)];
  const types = new Map<PaymentEventType, number>();
  const hours = new Map<Instant, number>();
  const days = new Map<Instant, number>();
  const actors = new Map<string, number>();
  const payments = new Map<PaymentId, number>();
  let count = 0;
  for await (const event of events) {
    if (!isFound(event)) continue;
    count += 1;
    increase(types, event.type);
    increase(hours, hourOf(event.at));
    increase(days, dayOf(event.at));
    increase(actors, event.actor);
    increase(payments, event.paymentId);
  }
  return {
    count,
    byType: inTypeOrder(types),
    payments: payments.size,
    byHour: inTimeOrder(hours),
    byDay: inTimeOrder(days),
    byActor: [...actors].sort(mostFirst).map(([actor, n]) => ({ actor, count: n })),
    byPayment: [...payments]
      .sort(mostFirst)
      .slice(0, TOP_PAYMENTS)
      .map(([paymentId, n]) => ({ paymentId, count: n })),
  };
}

export function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
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
