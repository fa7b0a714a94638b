// How many events there are, in all and over time.

import { z } from 'zod';
import type { EventStatistics, EventTrends } from '../../read/event-queries.ts';
import { eventFilterSchema } from './event-filter-schema.ts';
import { interval } from './payment-analytics.ts';
import { timezone } from './query-fields.ts';

export const eventStatisticsSchema = z.strictObject({
  type: z.literal('EventStatistics'),
  filter: eventFilterSchema,
  timezone,
}) satisfies z.ZodType<EventStatistics>;

export const eventTrendsSchema = z.strictObject({
  type: z.literal('EventTrends'),
  filter: eventFilterSchema,
  interval,
  timezone,
}) satisfies z.ZodType<EventTrends>;
