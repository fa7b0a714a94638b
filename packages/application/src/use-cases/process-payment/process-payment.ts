// Process: one attempt to charge the payment.

import { z } from 'zod';
import { currency, method, minorUnits, paymentId } from '../../messages/fields.ts';

export const processPaymentSchema = z.strictObject({
  type: z.literal('ProcessPayment'),
  paymentId,
  method,
  /** What the sender believes the amount to be; refused where it is another. */
  amount: minorUnits.nullish(),
  currency: currency.nullish(),
});

export type ProcessPaymentMessage = z.output<typeof processPaymentSchema>;
