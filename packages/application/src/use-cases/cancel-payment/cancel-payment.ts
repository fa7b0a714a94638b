// Cancel: ends a payment that moved no money and will not be processed.

import { z } from 'zod';
import { paymentId, text } from '../../messages/fields.ts';

export const cancelPaymentSchema = z.strictObject({
  type: z.literal('CancelPayment'),
  paymentId,
  reason: text.nullish(),
});

export type CancelPaymentMessage = z.output<typeof cancelPaymentSchema>;
