// Delete: ends a payment that moved no money; its history stays.

import { z } from 'zod';
import { paymentId, text } from '../../messages/fields.ts';

export const deletePaymentSchema = z.strictObject({
  type: z.literal('DeletePayment'),
  paymentId,
  reason: text.nullish(),
});

export type DeletePaymentMessage = z.output<typeof deletePaymentSchema>;
