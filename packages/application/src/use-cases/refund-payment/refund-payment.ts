// Refund: gives back a part or all of what was captured.

import { z } from 'zod';
import { currency, minorUnits, paymentId, text } from '../../messages/fields.ts';

export const refundPaymentSchema = z.strictObject({
  type: z.literal('RefundPayment'),
  paymentId,
  /** Without it: all that remains. 0 is refused. */
  amount: minorUnits.nullish(),
  currency: currency.nullish(),
  reason: text.nullish(),
});

export type RefundPaymentMessage = z.output<typeof refundPaymentSchema>;
