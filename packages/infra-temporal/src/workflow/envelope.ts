// Puts decided events into their envelopes. Inside the workflow, so ids and versions are the same in every replay.

import type { PaymentEvent, PaymentEventType } from '@paystrata/domain';
import { uuid4 } from '@temporalio/workflow';
import type { OrderMessage, WorkflowEvent } from '../protocol/messages.ts';

type Facts = Omit<OrderMessage, 'command' | 'expectedVersion' | 'callId' | 'wait'>;

/** The events that follow upon `version`. */
export function enveloped(events: readonly PaymentEvent[], facts: Facts, version: number): readonly WorkflowEvent[] {
  const { organizationId, paymentId, actor, userId, correlationId, causationId, commandId, metadata, sealed } = facts;
  return events.map((event, index) => ({
    ...event,
    eventId: uuid7(),
    schemaVersion: schemaVersions[event.type],
    organizationId,
    paymentId,
    version: version + index + 1,
    actor,
    userId,
    correlationId,
    causationId,
    commandId,
    metadata,
    ...(sealed !== null && bearsSeal(event) && { sealed }),
  }));
}

/** What is personal is sealed in its event; an erasure has the seal that names the key to destroy. */
function bearsSeal(event: PaymentEvent): boolean {
  return 'personal' in event.data || event.type === 'PersonalDataErased';
}

/** RFC 9562, section 5.7, of the workflow's time and its seeded random numbers: the same again in every replay. */
function uuid7(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = uuid4();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

/** As the application's table; a test compares them, for the application is not part of the bundle. */
export const schemaVersions: Readonly<Record<PaymentEventType, number>> = Object.freeze({
  PaymentCreated: 1,
  PaymentImported: 1,
  PaymentUpdated: 1,
  PaymentProcessingStarted: 1,
  PaymentProcessed: 1,
  PaymentFailed: 1,
  PaymentCancelled: 1,
  RefundRequested: 1,
  PaymentRefunded: 1,
  RefundFailed: 1,
  PaymentParked: 1,
  PaymentSettled: 1,
  PaymentDeleted: 1,
  PersonalDataErased: 1,
});
