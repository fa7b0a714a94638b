// Pages of payments: newest first, ten at a time, unless it is said.

import { z } from 'zod';
import { sortKeys, type SearchPayments } from '../../read/queries.ts';
import { paymentFilterSchema } from './payment-filter-schema.ts';
import { cursor, limit, wholeNumber } from './query-fields.ts';

const sort = z
  .strictObject({
    by: z.enum(sortKeys, `must be one of ${sortKeys.join(', ')}`).default('created'),
    descending: z.boolean().default(true),
  })
  .prefault({});

export const searchPaymentsSchema = z
  .strictObject({
    type: z.literal('SearchPayments'),
    filter: paymentFilterSchema,
    sort,
    limit,
    cursor: cursor.nullable().default(null),
    page: wholeNumber(1, Number.MAX_SAFE_INTEGER).nullable().default(null),
  })
  .superRefine((query, context) => {
    if (query.page === null) return;
    if (query.cursor !== null) {
      context.addIssue({ code: 'custom', path: ['page'], message: 'cannot be given together with a cursor' });
    }
    if (!Number.isSafeInteger(query.page * query.limit)) {
      context.addIssue({ code: 'custom', path: ['page'], message: 'is beyond every list' });
    }
  }) satisfies z.ZodType<SearchPayments>;
