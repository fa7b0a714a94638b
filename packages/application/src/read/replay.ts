// Replaying: what each event made of its payment. Reads only.

import { evolve, type OrganizationId, type Payment, type PaymentEventType, type PaymentId } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';
import { increase, inTypeOrder } from './event-counts.ts';
import { compileEventFilter, partOf } from './event-filter.ts';
import type { Replay, ReplayEvents, ReplayStep } from './event-queries.ts';
import { readLog, type LogSource } from './log-reader.ts';

/**
 * Counts every event that the filter finds, and shows the first `limit` of them from `fromVersion` on, each with its
 * payment after it: the fold of all events of that payment so far, found or not. Holds only the payments it shows.
 */
export async function replayEvents(
  source: Pick<LogSource, 'readAll'>,
  query: ReplayEvents,
  organizationId: OrganizationId,
): Promise<Replay> {
  const isFound = compileEventFilter(query.filter);
  const types = new Map<PaymentEventType, number>();
  const payments = new Set<PaymentId>();
  const shown: RecordedEvent[] = [];
  let events = 0;
  for await (const event of readLog(source, partOf(query.filter, organizationId))) {
    if (!isFound(event)) continue;
    events += 1;
    increase(types, event.type);
    payments.add(event.paymentId);
    if (shown.length < query.limit && event.version >= query.fromVersion) shown.push(event);
  }
  return { steps: await stepsOf(source, shown), events, payments: payments.size, byType: inTypeOrder(types) };
}

async function stepsOf(
  source: Pick<LogSource, 'readAll'>,
  shown: readonly RecordedEvent[],
): Promise<readonly ReplayStep[]> {
  const states = new Map<RecordedEvent, Payment>();
  for (const [paymentId, wanted] of Map.groupBy(shown, (event) => event.paymentId)) {
    const [one] = wanted;
    if (one === undefined) continue;
    const byVersion = new Map(wanted.map((event) => [event.version, event]));
    const last = Math.max(...byVersion.keys());
    let payment: Payment | null = null;
    for await (const event of readLog(source, { organizationId: one.organizationId, paymentId })) {
      payment = evolve(payment, event);
      const step = byVersion.get(event.version);
      if (step !== undefined) states.set(step, payment);
      if (event.version >= last) break;
    }
  }
  return shown.flatMap((event) => {
    const payment = states.get(event);
    return payment === undefined ? [] : [{ event, payment }];
  });
}
