// What can be asked of events: every part may be left out.

import { paymentEventTypes } from '@paystrata/domain';
import { z } from 'zod';
import { criterionOperators, type Criterion, type EventFilter } from '../../read/event-queries.ts';
import { paymentId, text } from '../fields.ts';
import { exactText, searchText, timeRange } from './query-fields.ts';

const single = z.union(
  [text.max(1000), z.number(), z.boolean()],
  'must be a text of at most 1000 characters, a number, true or false',
);

const criterion = z
  .strictObject({
    path: exactText,
    operator: z.enum(criterionOperators, `must be one of ${criterionOperators.join(', ')}`),
    value: z.union([single, z.array(single).min(1).max(100)], 'must be a single value or a list of them'),
  })
  .refine(({ operator, value }) => (operator === 'in') === Array.isArray(value), {
    path: ['value'],
    error: 'must be a list of 1 to 100 with `in`, and a single value otherwise',
  }) satisfies z.ZodType<Criterion>;

const types: z.ZodType<EventFilter['types']> = z
  .array(z.enum(paymentEventTypes, `must be one of ${paymentEventTypes.join(', ')}`))
  .max(50);

export const eventFilterSchema = z
  .strictObject({
    types: types.default([]),
    paymentId: paymentId.nullable().default(null),
    actor: exactText.nullable().default(null),
    correlationId: exactText.nullable().default(null),
    recorded: timeRange,
    criteria: z.array(criterion).max(20, 'must be at most 20').default([]),
    text: searchText.nullable().default(null),
  })
  .prefault({}) satisfies z.ZodType<EventFilter>;
