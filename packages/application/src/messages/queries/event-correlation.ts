// The events that came of one request: as they are, and in words.

import { z } from 'zod';
import type { CorrelationTimeline, EventCorrelation } from '../../read/event-queries.ts';
import { exactText } from './query-fields.ts';

export const eventCorrelationSchema = z.strictObject({
  type: z.literal('EventCorrelation'),
  correlationId: exactText,
}) satisfies z.ZodType<EventCorrelation>;

export const correlationTimelineSchema = z.strictObject({
  type: z.literal('CorrelationTimeline'),
  correlationId: exactText,
}) satisfies z.ZodType<CorrelationTimeline>;
