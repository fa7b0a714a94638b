// The stored form of each event type, in its newest version. What is stored stays: see `upcasters.ts` before changing it.

import type { PaymentEventType } from '@paystrata/domain';
import { z } from 'zod';
import {
  attemptId,
  commandId,
  count,
  failure,
  gatewayKey,
  instant,
  money,
  moneyOrNull,
  organizationId,
  parkReason,
  paymentId,
  personalData,
  personalDataChange,
  refundId,
  subjectId,
  text,
  textOrNull,
  texts,
} from './stored-fields.ts';
import type { PendingEvent } from './recorded-event.ts';

/** Fields that are not ours to know are dropped: a newer release may have added an optional one. */
function stored<Type extends PaymentEventType, Data extends z.ZodType>(type: Type, data: Data) {
  return z.object({
    eventId: text,
    type: z.literal(type),
    schemaVersion: count,
    organizationId,
    paymentId,
    version: count,
    at: instant,
    actor: text,
    userId: textOrNull,
    correlationId: text,
    causationId: textOrNull,
    commandId,
    metadata: texts,
    data,
  });
}

const terms = z.object({
  paymentId,
  organizationId,
  amount: money,
  reference: textOrNull,
  userId: textOrNull,
  workflowId: textOrNull,
  resourceIds: z.array(text),
  createdAt: instant,
  subject: subjectId,
  personal: personalData.nullable(),
  personalSize: count,
});

const updated = z.object({
  amount: moneyOrNull,
  reopened: z.boolean(),
  subject: subjectId,
  personal: personalDataChange.nullable(),
  personalSize: count,
});

const item = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('attempt'), id: attemptId }),
  z.object({ kind: z.literal('refund'), id: refundId }),
]);

const parked = z.object({ item, reason: parkReason, answered: moneyOrNull, gatewayReference: textOrNull });

const settled = z.object({
  item,
  outcome: z.enum(['completed', 'failed']),
  amount: moneyOrNull,
  reason: text,
});

const reason = z.object({ reason: textOrNull });

/** What `schema.parse` answers is exactly the event, or it throws. */
export const storedEventSchemas: {
  readonly [Type in PaymentEventType]: z.ZodType<Extract<PendingEvent, { type: Type }>>;
} = {
  PaymentCreated: stored('PaymentCreated', terms),
  PaymentImported: stored('PaymentImported', terms),
  PaymentUpdated: stored('PaymentUpdated', updated),
  PaymentProcessingStarted: stored(
    'PaymentProcessingStarted',
    z.object({ attemptId, gatewayKey, method: text, amount: money }),
  ),
  PaymentProcessed: stored('PaymentProcessed', z.object({ attemptId, captured: money, gatewayReference: text })),
  PaymentFailed: stored('PaymentFailed', z.object({ attemptId, failure })),
  PaymentCancelled: stored('PaymentCancelled', reason),
  RefundRequested: stored('RefundRequested', z.object({ refundId, gatewayKey, amount: money, reason: textOrNull })),
  PaymentRefunded: stored('PaymentRefunded', z.object({ refundId, amount: money, gatewayReference: text })),
  RefundFailed: stored('RefundFailed', z.object({ refundId, failure })),
  PaymentParked: stored('PaymentParked', parked),
  PaymentSettled: stored('PaymentSettled', settled),
  PaymentDeleted: stored('PaymentDeleted', reason),
  PersonalDataErased: stored('PersonalDataErased', z.object({ subject: subjectId })),
};
