// What may be configured of memory-cqrs.

import { z } from 'zod';

const routingFields = ['organizationId', 'paymentId'] as const;
export type RoutingField = (typeof routingFields)[number];

/** The keys of the configuration that are about memory-cqrs, with their defaults. */
export const memoryCqrsOptionsSchema = z.strictObject({
  /** Payments it takes, deleted ones included; one more fails with `STORE_FULL`. Null: as many as memory holds. */
  maxPayments: z.int().min(1).nullable().default(null),
  /** What takes turns at the write model. Payments are kept apart by organization either way. */
  routingField: z.enum(routingFields).default('organizationId'),
  /** Orders of a bulk that are executed, and events that are projected, at a time. */
  bulkSize: z.int().min(1).max(100_000).default(100),
  /** How long answers are kept, at most; 0: not at all. */
  cacheTtlSeconds: z.int().min(0).default(300),
  /** Answers in memory at most. */
  cacheEntries: z.int().min(1).default(10_000),
  /** Bytes that they are estimated to take at most. */
  cacheBytes: z
    .int()
    .min(1)
    .default(64 * 2 ** 20),
  /** The second level of the cache; null: there is none. */
  redisUrl: z.string().min(1).nullable().default(null),
  /** Holds every commit back from the projections: for tests and drills. */
  projectionDelayMs: z.int().min(0).default(0),
});

export type MemoryCqrsOptions = z.output<typeof memoryCqrsOptionsSchema>;
