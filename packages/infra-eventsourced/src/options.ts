// What may be configured of the event-sourced strategy.

import { z } from 'zod';

/**
 * Where the log is kept:
 * - `memory`: nowhere; it is gone when the strategy is stopped.
 * - `sqlite`: in a file on a disk of this machine, which several processes may share.
 * - `postgres`: in a database, which any number of machines may share.
 */
const store = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('memory') }),
  z.strictObject({ kind: z.literal('sqlite'), path: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('postgres'),
    url: z.string().regex(/^postgres(ql)?:\/\//, 'must be a URL such as postgres://user:password@host:5432/database'),
    /** Connections of this process at most. */
    poolSize: z.int().min(2).max(500).default(10),
  }),
]);

/** The keys of the configuration that are about the event-sourced strategy, with their defaults. */
export const eventSourcedOptionsSchema = z.strictObject({
  store,
  /** The file of the keys that seal personal data; of no use, and not made, for a log in memory. */
  keyringPath: z.string().min(1).nullable().default(null),
});

/** As the caller writes them. */
export type EventSourcedOptions = z.input<typeof eventSourcedOptionsSchema>;

export type ParsedOptions = z.output<typeof eventSourcedOptionsSchema>;
