// Payments over time.

import { z } from 'zod';
import { intervals, type PaymentAnalytics } from '../../read/queries.ts';
import { paymentFilterSchema } from './payment-filter-schema.ts';
import { timezone } from './query-fields.ts';

export const interval = z.enum(intervals, `must be one of ${intervals.join(', ')}`).default('day');

export const paymentAnalyticsSchema = z.strictObject({
  type: z.literal('PaymentAnalytics'),
  filter: paymentFilterSchema,
  interval,
  timezone,
}) satisfies z.ZodType<PaymentAnalytics>;
