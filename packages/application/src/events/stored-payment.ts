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
const FORMAT = 1;

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

const schema = z.object({
  id: paymentId,
  organizationId,
  status: z.enum(paymentStatuses),
  amount: money,
  captured: minorUnits,
  refunded: minorUnits,
  reference: textOrNull,
  userId: textOrNull,
  workflowId: textOrNull,
  resourceIds: z.array(text),
  subject: subjectId,
  personal: personalData,
  personalErased: z.boolean(),
  attempts: z.array(z.object({ id: attemptId, ...itemFacts, method: text })),
  refunds: z.array(z.object({ id: refundId, ...itemFacts, reason: textOrNull })),
  failure: failure.nullable(),
  imported: z.boolean(),
  version: count,
  size: count,
  createdAt: instant,
  updatedAt: instant,
  processedAt: instantOrNull,
  failedAt: instantOrNull,
  refundedAt: instantOrNull,
}) satisfies z.ZodType<Payment>;

const nothingPersonal = { customer: null, description: null, metadata: {} };

/** The state without its personal part, which is kept apart so that it can be sealed and purged. */
export function encodePayment(payment: Payment): string {
  return JSON.stringify({
    format: FORMAT,
    ...payment,
    amount: storedMoney(payment.amount),
    captured: payment.captured.toString(),
    refunded: payment.refunded.toString(),
    personal: isImpersonal(payment.personal) ? orderedPersonal(payment.personal) : nothingPersonal,
    attempts: payment.attempts.map(storedItem),
    refunds: payment.refunds.map(storedItem),
    failure: payment.failure && storedFailure(payment.failure),
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
