// What may be configured of multi-source.

import { paymentEventTypes } from '@paystrata/application';
import { z } from 'zod';

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must be a URL such as postgres://user:password@host:5432/database');

/** The record: a SQLite file of this machine, or a database that any number of machines may share. */
const store = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sqlite'),
    path: z.string().min(1),
    /** The file of the read models; null: beside the log, `journal-reads.db` for `journal.db`. */
    readsPath: z.string().min(1).nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('postgres'),
    url: postgresUrl,
    /** Connections of this process at most. */
    poolSize: z.int().min(2).max(500).default(10),
  }),
]);

const route = z.strictObject({
  /** Only these. */
  organizations: z.array(z.string()).optional(),
  /** All but these. */
  exceptOrganizations: z.array(z.string()).optional(),
  /** Only events of these types: then the source is written, but not asked. */
  types: z.array(z.enum(paymentEventTypes)).optional(),
});

/** What each source gets of the log, by its name; SQL always gets everything. */
export const writeRoutesSchema = z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), route);

const seconds = z.int().min(0).default(300);

/** The keys of the configuration that are about multi-source, with their defaults. */
export const multiSourceOptionsSchema = z.strictObject({
  store,
  /** The file of the keys that seal personal data. */
  keyringPath: z.string().min(1).nullable().default(null),
  /** The database of those keys in place of a file, for several machines: another one than that of the log. */
  keyringUrl: postgresUrl.nullable().default(null),
  archive: z.strictObject({ afterDays: z.int().min(1).nullable().default(null) }).prefault({}),
  /** Null: no Redis. */
  redisUrl: z.string().min(1).nullable().default(null),
  /** Of an OpenSearch or Elasticsearch server; null: none. */
  searchUrl: z.string().min(1).nullable().default(null),
  /** The folder of documents and archives; null: none. */
  filesDir: z.string().min(1).nullable().default(null),
  /** Payments that the index in memory may hold; with more SQL answers. 0: there is none. */
  memoryPayments: z.int().min(0).default(200_000),
  routes: writeRoutesSchema.default({}),
  /** How old an answer may be that is asked for without a position. */
  staleSeconds: z.number().min(0).default(5),
  cache: z
    .strictObject({
      /** How long answers of each kind are kept at most; 0: not at all. */
      ttlSeconds: z
        .strictObject({ get: seconds, search: seconds, suggestions: seconds, statistics: seconds, analytics: seconds })
        .prefault({}),
      entries: z.int().min(1).default(10_000),
      /** Bytes that they are estimated to take at most. */
      bytes: z
        .int()
        .min(1)
        .default(64 * 2 ** 20),
    })
    .prefault({}),
  relay: z
    .strictObject({
      /** Events that are brought to a source at a time. */
      batchSize: z.int().min(1).max(10_000).default(500),
      /** After so long without a sign of life another process goes on. */
      leaseSeconds: z.number().min(0.1).default(10),
    })
    .prefault({}),
});

/** As the caller writes them. */
export type MultiSourceOptions = z.input<typeof multiSourceOptionsSchema>;

export type ParsedOptions = z.output<typeof multiSourceOptionsSchema>;
