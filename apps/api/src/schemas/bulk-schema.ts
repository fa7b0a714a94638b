// What became of the lines of a bulk, in an answer.

import { z } from 'zod';
import { component } from './components.ts';

const details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

export const bulkOutcomeSchema = component(
  'BulkOutcome',
  z.discriminatedUnion('ok', [
    z.strictObject({
      line: z.int(),
      ok: z.literal(true),
      id: z.string(),
      version: z.int(),
      replayed: z.boolean(),
    }),
    z.strictObject({
      line: z.int(),
      ok: z.literal(false),
      code: z.string(),
      message: z.string(),
      param: z.string().nullable(),
      details,
      errors: z.array(z.strictObject({ param: z.string(), message: z.string() })).readonly(),
    }),
  ]),
  'What became of one line.',
);
