// Update: changes amount, description, customer or metadata as a JSON merge patch (RFC 7396).

import { z } from 'zod';
import { currency, metadataPatch, minorUnits, paymentId, text } from '../../messages/fields.ts';

export const updatePaymentSchema = z.strictObject({
  type: z.literal('UpdatePayment'),
  paymentId,
  amount: minorUnits.optional(),
  /** Only to state what it is: a payment's currency does not change. */
  currency: currency.optional(),
  description: text.nullable().optional(),
  customer: z
    .strictObject({ name: text.nullable().optional(), email: text.nullable().optional() })
    .nullable()
    .optional(),
  metadata: metadataPatch.optional(),
});

export type UpdatePaymentMessage = z.output<typeof updatePaymentSchema>;
