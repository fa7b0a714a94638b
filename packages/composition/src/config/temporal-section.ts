// How to reach Temporal.

import { z } from 'zod';
import { isPostgresUrl } from './postgres-url.ts';
import { optionalText, setting } from './setting.ts';

const certificate = (name: string) => ({
  variable: `PAYSTRATA_TEMPORAL_TLS_${name}`,
  may: 'be a PEM file',
  isPath: true,
});

const milliseconds = (usual: number) =>
  setting(z.int().min(1).max(86_400_000).default(usual), { variable: null, may: 'be milliseconds, up to a day' });
const slots = (usual: number) =>
  setting(z.int().min(1).max(100_000).default(usual), { variable: null, may: 'be a whole number from 1 to 100000' });

export const temporalSection = z.strictObject({
  address: setting(
    z
      .string()
      .regex(/^[^\s/]+:\d{1,5}$/)
      .default('127.0.0.1:7233'),
    { variable: 'PAYSTRATA_TEMPORAL_ADDRESS', may: 'be host:port' },
  ),
  namespace: setting(z.string().min(1).default('default'), {
    variable: 'PAYSTRATA_TEMPORAL_NAMESPACE',
    may: 'be the name of a namespace',
  }),
  /** With a key, TLS is on. */
  apiKey: setting(optionalText(), {
    variable: 'PAYSTRATA_TEMPORAL_API_KEY',
    may: 'be an API key of Temporal Cloud',
    secret: 'all',
  }),
  tlsEnabled: setting(z.boolean().default(false), {
    variable: 'PAYSTRATA_TEMPORAL_TLS_ENABLED',
    may: 'be true or false',
    reads: 'boolean',
  }),
  tlsCaFile: setting(optionalText(), certificate('CA_FILE')),
  tlsCertFile: setting(optionalText(), certificate('CERT_FILE')),
  tlsKeyFile: setting(optionalText(), certificate('KEY_FILE')),
  tlsServerName: setting(optionalText(), {
    variable: 'PAYSTRATA_TEMPORAL_TLS_SERVER_NAME',
    may: 'be the host name in the certificate of the server',
  }),
  /** Permits a server that keeps its histories in memory: what was acknowledged is lost when it ends. */
  allowVolatile: setting(z.boolean().default(false), {
    variable: 'PAYSTRATA_TEMPORAL_ALLOW_VOLATILE',
    may: 'be true or false',
    reads: 'boolean',
  }),
  /** The queue of the workflows; those of gateway and projection are named after it. */
  taskQueue: setting(z.string().min(1).max(200).default('paystrata'), { variable: null, may: 'be a name' }),
  /**
   * Where deleted payments are kept once their workflows have ended: a database of its own. Null: a file in the data
   * folder, where payments are projected to such a file, too; with a database of reads their workflows stay open.
   */
  archiveUrl: setting(z.string().refine(isPostgresUrl).nullable().default(null), {
    variable: 'PAYSTRATA_TEMPORAL_ARCHIVE_URL',
    may: 'be postgres://user:password@host:port/database, another one than that of storage.databaseUrl',
    secret: 'password',
  }),
  /** Encrypts all that the server holds. Null: only what is personal is sealed. */
  encryptionKeyFile: setting(optionalText(), {
    variable: 'PAYSTRATA_TEMPORAL_ENCRYPTION_KEYS',
    may: 'be a file with a name and a key of 32 bytes in base64 on each line, the newest first',
    isPath: true,
  }),
  /** Whether organization, status and review can be searched for among the workflows. */
  searchAttributes: setting(z.boolean().default(true), { variable: null, may: 'be true or false' }),
  /** How long commands and questions may take before the caller is told that there was no answer. */
  commandDeadlineMs: milliseconds(300_000),
  queryDeadlineMs: milliseconds(120_000),
  /** After that, the task of a workflow whose worker died is given to another one. */
  workflowTaskTimeoutMs: milliseconds(5000),
  gatewayTimeoutMs: milliseconds(10_000),
  /** Calls of this process that are in flight at once. */
  maxInFlight: slots(50),
  /** What a worker does side by side, and how many workflows it keeps in memory. */
  maxWorkflowTasks: slots(40),
  maxGatewayCalls: slots(100),
  maxProjections: slots(100),
  maxCachedWorkflows: slots(2000),
});
