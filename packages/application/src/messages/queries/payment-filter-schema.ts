// What can be asked of payments: every part may be left out.

import { paymentStatuses } from '@paystrata/domain';
import { z } from 'zod';
import type { PaymentFilter } from '../../read/queries.ts';
import { currency, metadata, minorUnits } from '../fields.ts';
import { exactText, searchText, timeRange } from './query-fields.ts';

const known = `must be one of ${paymentStatuses.join(', ')}`;
const digits = z
  .string()
  .regex(/^-?\d{1,30}$/)
  .transform((value) => BigInt(value));
const bound = z.union([minorUnits, digits], 'must be a whole number of minor units').nullable().default(null);

/** The filter with everything that was left out. An amount range is in minor units, so it names its currency. */
export const paymentFilterSchema = z
  .strictObject({
    statuses: z.array(z.enum(paymentStatuses, known)).max(20).default([]),
    currencies: z.array(currency).max(200).default([]),
    minAmount: bound,
    maxAmount: bound,
    created: timeRange,
    updated: timeRange,
    processed: timeRange,
    reference: exactText.nullable().default(null),
    customer: exactText.nullable().default(null),
    userId: exactText.nullable().default(null),
    workflowId: exactText.nullable().default(null),
    resourceId: exactText.nullable().default(null),
    metadata: metadata.refine((pairs) => Object.keys(pairs).length <= 50, 'must have at most 50 pairs').default({}),
    text: searchText.nullable().default(null),
  })
  .superRefine(({ minAmount, maxAmount, currencies }, context) => {
    if (minAmount === null && maxAmount === null) return;
    if (new Set(currencies).size !== 1) {
      const message = 'must name exactly one currency with an amount range: minor units differ between currencies';
      context.addIssue({ code: 'custom', path: ['currencies'], message });
    }
    if (minAmount !== null && maxAmount !== null && minAmount > maxAmount) {
      context.addIssue({ code: 'custom', path: ['maxAmount'], message: 'must not be less than `minAmount`' });
    }
  })
  .prefault({}) satisfies z.ZodType<PaymentFilter>;
