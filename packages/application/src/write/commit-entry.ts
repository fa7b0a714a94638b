// Turns a decision into what a store commits.

import { evolveAll, type PaymentEvent, type PaymentState } from '@paystrata/domain';
import type { PendingEvent } from '../events/recorded-event.ts';
import { schemaVersionOf } from '../events/schema-versions.ts';
import type { Ids } from '../ports/ids.ts';
import type { CommitEntry } from '../ports/payment-store.ts';
import type { WriteOrder } from '../ports/write-model.ts';

/** The entry for at least one event decided upon `state`. */
export function commitEntry(
  order: WriteOrder,
  state: PaymentState,
  events: readonly PaymentEvent[],
  ids: Ids,
): CommitEntry {
  const payment = evolveAll(state, events);
  if (payment === null) throw new Error('a commit without events');
  const expectedVersion = state?.version ?? 0;
  const { organizationId, paymentId, commandId } = order;
  return {
    organizationId,
    paymentId,
    commandId,
    expectedVersion,
    payment,
    events: events.map((event, index) => envelope(event, order, ids.next(), expectedVersion + index + 1)),
  };
}

function envelope(event: PaymentEvent, order: WriteOrder, eventId: string, version: number): PendingEvent {
  return {
    ...event,
    eventId,
    schemaVersion: schemaVersionOf(event.type),
    organizationId: order.organizationId,
    paymentId: order.paymentId,
    version,
    actor: order.actor,
    userId: order.userId,
    correlationId: order.correlationId,
    causationId: order.causationId,
    commandId: order.commandId,
    metadata: order.metadata,
  };
}
