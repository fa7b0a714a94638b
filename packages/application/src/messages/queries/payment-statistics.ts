// Counts and sums of payments.

import { z } from 'zod';
import type { PaymentStatistics } from '../../read/queries.ts';
import { timeRange } from './query-fields.ts';

export const paymentStatisticsSchema = z.strictObject({
  type: z.literal('PaymentStatistics'),
  range: timeRange,
  of: z.enum(['created', 'processed'], 'must be created or processed').default('created'),
}) satisfies z.ZodType<PaymentStatistics>;
