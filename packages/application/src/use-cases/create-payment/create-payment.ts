// Create: a new pending payment of the sender's organization.

import { z } from 'zod';
import { currency, label, metadata, minorUnits, subjectId, text } from '../../messages/fields.ts';

/** Who pays; `id` names the person without saying who it is, and is whose data will be erased together. */
const customer = z.strictObject({
  id: subjectId.nullish(),
  name: text.nullish(),
  email: text.nullish(),
});

export const newPaymentFields = {
  amount: minorUnits,
  currency,
  reference: label.nullish(),
  description: text.nullish(),
  customer: customer.nullish(),
  userId: label.nullish(),
  workflowId: label.nullish(),
  resourceIds: z.array(label).default([]),
  metadata: metadata.default({}),
};

export const createPaymentSchema = z.strictObject({ type: z.literal('CreatePayment'), ...newPaymentFields });

export type CreatePaymentMessage = z.output<typeof createPaymentSchema>;
