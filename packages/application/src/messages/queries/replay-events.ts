// Folding events again, step by step.

import { z } from 'zod';
import type { ReplayEvents } from '../../read/event-queries.ts';
import { eventFilterSchema } from './event-filter-schema.ts';
import { fromVersion } from './payment-history.ts';
import { wholeNumber } from './query-fields.ts';

/** Shows a hundred steps, unless it is said. */
export const replayEventsSchema = z
  .strictObject({
    type: z.literal('ReplayEvents'),
    filter: eventFilterSchema,
    fromVersion,
    limit: wholeNumber(1, 1000).default(100),
  })
  .refine((query) => query.fromVersion === 1 || query.filter.paymentId !== null, {
    path: ['fromVersion'],
    error: 'needs `filter.paymentId`: versions are those of one payment',
  }) satisfies z.ZodType<ReplayEvents>;
