// What may be configured of memory-cqs.

import { z } from 'zod';

/** The keys of the configuration that are about memory-cqs, with their defaults. */
export const memoryCqsOptionsSchema = z.strictObject({
  /** Orders of a bulk that are stored at a time, and that the buffer of the writer holds. */
  bulkSize: z.int().min(1).max(100_000).default(100),
  /** Payments it takes, deleted ones included; one more fails with `STORE_FULL`. Null: as many as memory holds. */
  maxPayments: z.int().min(1).nullable().default(null),
  /** How long a page of a search is kept while its organization does not change; 0: not at all. */
  cacheTtlSeconds: z.int().min(0).default(300),
});

export type MemoryCqsOptions = z.output<typeof memoryCqsOptionsSchema>;
