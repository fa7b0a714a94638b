// The schema of a field itself, without its defaults and what else is wrapped around it.

import { z } from 'zod';

/** What is inside of all wrappers. */
export type Bare<Schema> = Schema extends
  | z.ZodDefault<infer Inner>
  | z.ZodPrefault<infer Inner>
  | z.ZodNullable<infer Inner>
  | z.ZodOptional<infer Inner>
  | z.ZodReadonly<infer Inner>
  ? Bare<Inner>
  : Schema;

const wrappers = [z.ZodDefault, z.ZodPrefault, z.ZodNullable, z.ZodOptional, z.ZodReadonly];

/** Takes off defaults, `nullable`, `optional` and `readonly`: in a URL what is not given is left out. */
export function bare<Schema extends z.core.$ZodType>(schema: Schema): Bare<Schema> {
  let inner: z.core.$ZodType = schema;
  while (isWrapper(inner)) inner = inner.unwrap();
  // The loop does what the type says; the compiler cannot follow it.
  return inner as Bare<Schema>;
}

function isWrapper(schema: z.core.$ZodType): schema is z.ZodOptional {
  return wrappers.some((wrapper) => schema instanceof wrapper);
}
