// What may be configured of the temporal strategy.

import { z } from 'zod';

const file = z.string().min(1).nullable().default(null);
const milliseconds = z.int().min(1);

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
  /** The SQLite file of the projected log, shared by all processes of a machine. Null: in memory, filled at each start. */
  projectionFile: file,
  /** How the process is called in the histories. Null: by process id and host. */
  identity: z.string().min(1).nullable().default(null),
  connectTimeoutMs: milliseconds.default(3000),
  /** How long a command may take before its outcome is unknown; the same command id may be sent again. */
  commandDeadlineMs: milliseconds.default(300_000),
  /** How long a call of the gateway may take before its outcome is unknown. */
  gatewayTimeoutMs: milliseconds.default(10_000),
  /** How long a workflow task may take: after that, one of a worker that died is given to another. */
  workflowTaskTimeoutMs: milliseconds.default(5000),
  /** Calls in flight at once; more than some fifty make a server slower. */
  maxInFlight: z.int().min(1).default(50),
});

export type TemporalOptions = z.output<typeof temporalOptionsSchema>;

/** What a caller may leave out. */
export type TemporalOptionsInput = z.input<typeof temporalOptionsSchema>;

/** The queues of the activities: apart, so that a slow gateway holds up no projection, and neither a decision. */
export function queuesOf({ taskQueue }: Pick<TemporalOptions, 'taskQueue'>) {
  return { gatewayQueue: `${taskQueue}-gateway`, projectionQueue: `${taskQueue}-projection` };
}
