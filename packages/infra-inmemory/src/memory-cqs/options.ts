// What may be configured of memory-cqs.

import { z } from 'zod';

/** The keys of the configuration that are about memory-cqs, with their defaults. */
export const memoryCqsOptionsSchema = z.strictObject({
  /** Payments it takes, deleted ones included; one more fails with `STORE_FULL`. Null: as many as memory holds. */
  maxPayments: z.int().min(1).nullable().default(null),
});

export type MemoryCqsOptions = z.output<typeof memoryCqsOptionsSchema>;
