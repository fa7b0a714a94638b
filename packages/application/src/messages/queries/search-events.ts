// Pages of events: newest first, ten at a time, unless it is said.

import { z } from 'zod';
import type { SearchEvents } from '../../read/event-queries.ts';
import { eventFilterSchema } from './event-filter-schema.ts';
import { cursor, limit } from './query-fields.ts';

export const searchEventsSchema = z.strictObject({
  type: z.literal('SearchEvents'),
  filter: eventFilterSchema,
  descending: z.boolean().default(true),
  limit,
  cursor: cursor.nullable().default(null),
}) satisfies z.ZodType<SearchEvents>;
