// What commands recorded in another log.

import type { PendingEvent, WriteOrder } from '@paystrata/application';
import { decide, evolveAll, type PaymentCommand } from '@paystrata/domain';
import { ids } from './orders.ts';

/** The events of the order, and of the commands after it, upon one payment. */
export function recordedBy(order: WriteOrder, ...later: readonly PaymentCommand[]): readonly PendingEvent[] {
  const { command: first, expectedVersion: _, wait: _wait, ...facts } = order;
  const events: PendingEvent[] = [];
  for (const command of [first, ...later]) {
    const decision = decide(command, evolveAll(null, events));
    if (!decision.accepted) throw new Error(`refused: ${decision.rejection.message}`);
    for (const event of decision.events) {
      events.push({ ...facts, eventId: ids.next(), schemaVersion: 1, version: events.length + 1, ...event });
    }
  }
  return events;
}
