// What may be configured of the temporal strategy.

import { z } from 'zod';

const file = z.string().min(1).nullable().default(null);
const milliseconds = z.int().min(1);
const slots = z.int().min(1);
const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must be a URL such as postgres://user:password@host:5432/database');
const postgres = z.strictObject({
  kind: z.literal('postgres'),
  url: postgresUrl,
  /** Connections of this process at most. */
  poolSize: z.int().min(2).max(500).default(10),
});

/** Where events are projected, and what answers reads. It may be lost: it is filled again from the workflows. */
const projection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('memory') }),
  z.strictObject({
    kind: z.literal('sqlite'),
    path: z.string().min(1),
    /** The file of the read models, which hold personal data open; null: beside the log, with `-reads` in its name. */
    readsPath: z.string().min(1).nullable().default(null),
  }),
  postgres,
]);

/**
 * Where deleted payments are kept once their workflows have ended. It is their record: it must not be lost, must be the
 * same for all processes, and is not the place of the projection. `none`: their workflows stay open.
 */
const archive = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('sqlite'), path: z.string().min(1) }),
  postgres,
]);

/** The keys of the configuration that are about Temporal, with their defaults. */
export const temporalOptionsSchema = z.strictObject({
  /** Host and port of the server's front end. */
  address: z
    .string()
    .regex(/^[^\s/]+:\d{1,5}$/)
    .default('127.0.0.1:7233'),
  namespace: z.string().min(1).default('default'),
  /** With a key, TLS is on. */
  apiKey: z.string().min(1).nullable().default(null),
  tlsEnabled: z.boolean().default(false),
  /** PEM files. */
  tlsCaFile: file,
  tlsCertFile: file,
  tlsKeyFile: file,
  tlsServerName: z.string().min(1).nullable().default(null),
  /** Permits a development server, which may keep its histories in memory. */
  allowVolatile: z.boolean().default(false),
  /** The queue of the workflows; gateway and projection have queues of their own, named after it. */
  taskQueue: z.string().min(1).max(200).default('paystrata'),
  /** Whether this process runs a worker, too. Without one somewhere no command is answered. */
  worker: z.boolean().default(true),
  projection: projection.prefault({ kind: 'memory' }),
  archive: archive.prefault({ kind: 'none' }),
  /** The file of the keys that seal personal data, or their database: the same for all processes. */
  keyringPath: file,
  keyringUrl: postgresUrl.nullable().default(null),
  /** A file of keys that encrypt all that the server holds; null: only personal data is sealed. */
  encryptionKeyFile: file,
  /** The workflow code as `writeWorkflowBundle` wrote it; null: as it was built, or bundled at start. */
  workflowBundlePath: file,
  /** Whether workflows tell organization, status and review in search attributes, which are set up at start. */
  searchAttributes: z.boolean().default(true),
  /** How the process is called in the histories. Null: by process id and host. */
  identity: z.string().min(1).nullable().default(null),
  /** The client by name: the cap on one payment in minor units, and how long it keeps answers to queries, and payments. */
  maxAmount: z
    .bigint()
    .min(1n)
    .default(10n ** 12n),
  cacheTtlSeconds: z.int().min(0).default(300),
  paymentCacheTtlSeconds: z.int().min(0).default(600),
  connectTimeoutMs: milliseconds.default(3000),
  /** How long a command may take before its outcome is unknown; the same command id may be sent again. */
  commandDeadlineMs: milliseconds.default(300_000),
  /** How long a question to a workflow may take. */
  queryDeadlineMs: milliseconds.default(120_000),
  /** How long a call of the gateway may take before its outcome is unknown. */
  gatewayTimeoutMs: milliseconds.default(10_000),
  /** How long a workflow task may take: after that, one of a worker that died is given to another. */
  workflowTaskTimeoutMs: milliseconds.default(5000),
  /** Calls in flight at once; more than some fifty make a server slower. */
  maxInFlight: slots.default(50),
  /** What a worker does side by side. */
  maxWorkflowTasks: slots.default(40),
  maxGatewayCalls: slots.default(100),
  maxProjections: slots.default(100),
  /** Workflows that a worker keeps in memory between their tasks, some 50 KB each. */
  maxCachedWorkflows: slots.default(2000),
});

export type TemporalOptions = z.output<typeof temporalOptionsSchema>;

/** What a caller may leave out. */
export type TemporalOptionsInput = z.input<typeof temporalOptionsSchema>;

/** The queues of the activities: apart, so that a slow gateway holds up no projection, and neither a decision. */
export function queuesOf({ taskQueue }: Pick<TemporalOptions, 'taskQueue'>) {
  return { gatewayQueue: `${taskQueue}-gateway`, projectionQueue: `${taskQueue}-projection` };
}
