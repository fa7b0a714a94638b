// Completions of what somebody began to type.

import { z } from 'zod';
import { suggestionFields, type SuggestPayments } from '../../read/queries.ts';
import { text } from '../fields.ts';
import { limit } from './query-fields.ts';

export const suggestPaymentsSchema = z.strictObject({
  type: z.literal('SuggestPayments'),
  prefix: text
    .max(320, 'must have at most 320 characters')
    .refine((prefix) => prefix.trim() !== '', 'must have at least one character that is not a space'),
  field: z
    .enum(suggestionFields, `must be one of ${suggestionFields.join(', ')}`)
    .nullable()
    .default(null),
  limit,
}) satisfies z.ZodType<SuggestPayments>;
