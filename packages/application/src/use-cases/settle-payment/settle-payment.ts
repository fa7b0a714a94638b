// Settle: a person decides what became of an attempt or refund that is parked.

import { parseAttemptId, parseRefundId } from '@paystrata/domain';
import { z } from 'zod';
import { label, paymentId } from '../../messages/fields.ts';

const itemId = z.string().transform((value, context) => {
  const id = parseAttemptId(value) ?? parseRefundId(value);
  if (id !== undefined) return id;
  context.addIssue({ code: 'custom', message: 'must be an attempt such as a1 or a refund such as r1' });
  return z.NEVER;
});

export const settlePaymentSchema = z.strictObject({
  type: z.literal('SettlePayment'),
  paymentId,
  outcome: z.enum(['completed', 'failed']),
  reason: label,
  /** Needed where several are parked. */
  itemId: itemId.nullish(),
});

export type SettlePaymentMessage = z.output<typeof settlePaymentSchema>;
