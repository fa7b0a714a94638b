// The stored form of a payment's state: a snapshot that can always be made again from the events.

import { paymentStatuses, type Attempt, type Payment, type Refund } from '@paystrata/domain';
import { z } from 'zod';
import { PortFailure } from '../ports/failures.ts';
import { isImpersonal, orderedPersonal, storedFailure } from './stored-event-encoding.ts';
import {
  attemptId,
  count,
  failure,
  gatewayKey,
  instant,
  instantOrNull,
  minorUnits,
  money,
  moneyOrNull,
  organizationId,
  parkReason,
  paymentId,
  personalData,
  refundId,
  storedMoney,
  subjectId,
  text,
  textOrNull,
} from './stored-fields.ts';

/** Raised with any change of the form. A snapshot of another format is not read: it is made again. */
const FORMAT = 2;

const itemFacts = {
  gatewayKey,
  amount: money,
  status: z.enum(['pending', 'succeeded', 'failed', 'parked']),
  requestedAt: instant,
  resolvedAt: instantOrNull,
  gatewayReference: textOrNull,
  failure: failure.nullable(),
  parked: z.object({ reason: parkReason, answered: moneyOrNull }).nullable(),
};

const nothingPersonal = { customer: null, description: null, metadata: {} };

/** What most payments do not have is not written. */
const schema = z.object({
  id: paymentId,
  organizationId,
  status: z.enum(paymentStatuses),
  amount: money,
  captured: minorUnits.default(0n),
  refunded: minorUnits.default(0n),
  reference: textOrNull.default(null),
  userId: textOrNull.default(null),
  workflowId: textOrNull.default(null),
  resourceIds: z.array(text).default([]),
  subject: subjectId,
  personal: personalData.default(nothingPersonal),
  personalErased: z.boolean().default(false),
  attempts: z.array(z.object({ id: attemptId, ...itemFacts, method: text })).default([]),
  refunds: z.array(z.object({ id: refundId, ...itemFacts, reason: textOrNull })).default([]),
  failure: failure.nullable().default(null),
  imported: z.boolean().default(false),
  version: count,
  size: count,
  createdAt: instant,
  updatedAt: instant,
  processedAt: instantOrNull.default(null),
  failedAt: instantOrNull.default(null),
  refundedAt: instantOrNull.default(null),
}) satisfies z.ZodType<Payment>;

/** The state without its personal part, which is kept apart so that it can be sealed and purged. */
export function encodePayment(payment: Payment): string {
  const { captured, refunded, resourceIds, personal, attempts, refunds, failure: failed } = payment;
  return JSON.stringify({
    format: FORMAT,
    ...payment,
    amount: storedMoney(payment.amount),
    captured: captured === 0n ? undefined : captured.toString(),
    refunded: refunded === 0n ? undefined : refunded.toString(),
    reference: payment.reference ?? undefined,
    userId: payment.userId ?? undefined,
    workflowId: payment.workflowId ?? undefined,
    resourceIds: resourceIds.length === 0 ? undefined : resourceIds,
    personal: personal.customer !== null && isImpersonal(personal) ? orderedPersonal(personal) : undefined,
    personalErased: payment.personalErased || undefined,
    attempts: attempts.length === 0 ? undefined : attempts.map(storedItem),
    refunds: refunds.length === 0 ? undefined : refunds.map(storedItem),
    failure: failed === null ? undefined : storedFailure(failed),
    imported: payment.imported || undefined,
    processedAt: payment.processedAt ?? undefined,
    failedAt: payment.failedAt ?? undefined,
    refundedAt: payment.refundedAt ?? undefined,
  });
}

/**
 * @param personal the opened personal part; null where there is none to open, or no more.
 * @returns null for a snapshot of another release: fold the events instead.
 * @throws PortFailure `STORE_DAMAGED`
 */
export function decodePayment(state: string, personal: unknown): Payment | null {
  let json: unknown;
  try {
    json = JSON.parse(state);
  } catch (cause) {
    throw new PortFailure('STORE_DAMAGED', 'the snapshot of a payment is damaged: it is not JSON', { cause });
  }
  const fields = typeof json === 'object' && json !== null ? json : {};
  if ('format' in fields && fields.format !== FORMAT) return null;
  const parsed = schema.safeParse(personal === null ? fields : { ...fields, personal });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new PortFailure(
    'STORE_DAMAGED',
    `the snapshot of a payment is damaged: ${issue?.path.map(String).join('.')}: ${issue?.message}`,
    { cause: parsed.error },
  );
}

function storedItem<Item extends Attempt | Refund>(item: Item): object {
  const { parked } = item;
  return {
    ...item,
    amount: storedMoney(item.amount),
    failure: item.failure && storedFailure(item.failure),
    parked: parked && { reason: parked.reason, answered: parked.answered && storedMoney(parked.answered) },
  };
}
