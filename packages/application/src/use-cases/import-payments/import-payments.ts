// Import: many payments at once, each with a fate of its own; settled ones are recorded as completed.

import { z } from 'zod';
import { instant } from '../../messages/fields.ts';
import { newPaymentFields } from '../create-payment/create-payment.ts';

/** At most so many rows in one message. */
export const MAX_ROWS = 1000;

export const importRowSchema = z.strictObject({
  ...newPaymentFields,
  /** True: created and processed outside, recorded as completed. */
  settled: z.boolean().default(false),
  /** When the payment came about; not in the future. */
  createdAt: instant.nullish(),
});

export type ImportRow = z.output<typeof importRowSchema>;

export const importPaymentsSchema = z.strictObject({
  type: z.literal('ImportPayments'),
  /** Checked one by one, so that a bad row refuses only itself. */
  rows: z.array(z.unknown()).max(MAX_ROWS),
});

export type ImportPaymentsMessage = z.output<typeof importPaymentsSchema>;
