// What may be configured of the event-sourced strategy.

import { z } from 'zod';

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must be a URL such as postgres://user:password@host:5432/database');

/**
 * Where the log is kept:
 * - `memory`: nowhere; it is gone when the strategy is stopped.
 * - `sqlite`: in a file on a disk of this machine, which several processes may share.
 * - `postgres`: in a database, which any number of machines may share.
 */
const store = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('memory') }),
  z.strictObject({
    kind: z.literal('sqlite'),
    path: z.string().min(1),
    /**
     * The file of the read models, which hold personal data open; null: beside the log, `journal-reads.db` for
     * `journal.db`. It may be deleted while nothing runs: it is made again from the log.
     */
    readsPath: z.string().min(1).nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('postgres'),
    url: postgresUrl,
    /** Connections of this process at most. */
    poolSize: z.int().min(2).max(500).default(10),
  }),
]);

/** The keys of the configuration that are about the event-sourced strategy, with their defaults. */
export const eventSourcedOptionsSchema = z.strictObject({
  store,
  /** The file of the keys that seal personal data; of no use, and not made, for a log in memory. */
  keyringPath: z.string().min(1).nullable().default(null),
  /** The database of those keys in place of a file, for several machines: another one than that of the log. */
  keyringUrl: postgresUrl.nullable().default(null),
  archive: z
    .strictObject({
      /** Events older than so many days are compressed in the background; they are read as before. Null: none are. */
      afterDays: z.int().min(1).nullable().default(null),
    })
    .prefault({}),
});

/** As the caller writes them. */
export type EventSourcedOptions = z.input<typeof eventSourcedOptionsSchema>;

type ParsedOptions = z.output<typeof eventSourcedOptionsSchema>;

/** The options of a log that is kept. */
export interface DurableOptions extends ParsedOptions {
  readonly store: Exclude<ParsedOptions['store'], { readonly kind: 'memory' }>;
}
