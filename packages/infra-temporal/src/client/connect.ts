// The way to the server: found within seconds, or a failure that says what to do.

import { PortFailure } from '@paystrata/application';
import { Client, Connection } from '@temporalio/client';
import { compressionCodec } from '../encryption/compression-codec.ts';
import { createEncryptionCodec } from '../encryption/encryption-codec.ts';
import { readEncryptionKeys } from '../encryption/encryption-keys.ts';
import type { TemporalOptions } from '../strategy/options.ts';
import { setUpSearchAttributes } from './set-up-search-attributes.ts';
import { connectionOptions, tlsProblem } from './tls.ts';

/** A client whose server was seen to serve the namespace. @throws PortFailure `STORE_UNAVAILABLE`, `CONFIG_INVALID` */
export async function connect(options: TemporalOptions): Promise<Client> {
  const { address, namespace, connectTimeoutMs, identity } = options;
  const connection = await reach(options);
  try {
    await connection.withDeadline(Date.now() + connectTimeoutMs, async () => {
      await connection.workflowService.describeNamespace({ namespace });
      if (!options.allowVolatile) await refuseVolatile(connection, address);
    });
    if (options.searchAttributes) await setUpSearchAttributes(connection, namespace);
    const dataConverter = await dataConverterOf(options);
    return new Client({ connection, namespace, dataConverter, ...(identity !== null && { identity }) });
  } catch (cause) {
    await connection.close();
    if (cause instanceof PortFailure) throw cause;
    throw new PortFailure(
      'STORE_UNAVAILABLE',
      `the Temporal server at ${address} does not serve the namespace ${namespace}: create it ` +
        `(temporal operator namespace create ${namespace}), or name another in temporal.namespace`,
      { cause },
    );
  }
}

/** How client and worker alike write what goes to the server. @throws PortFailure `CONFIG_INVALID` */
export async function dataConverterOf({ encryptionKeyFile }: Pick<TemporalOptions, 'encryptionKeyFile'>) {
  if (encryptionKeyFile === null) return { payloadCodecs: [compressionCodec] };
  const encryption = createEncryptionCodec(await readEncryptionKeys(encryptionKeyFile));
  return { payloadCodecs: [compressionCodec, encryption] };
}

async function reach(options: TemporalOptions): Promise<Connection> {
  const { connectTimeoutMs } = options;
  const told = await connectionOptions(options);
  try {
    return await Connection.connect({ ...told, connectTimeout: connectTimeoutMs });
  } catch (cause) {
    throw await unreachable(options, cause);
  }
}

/** Says what to do about a server that is not there, and about one that is there but not to be trusted. */
export async function unreachable(options: TemporalOptions, cause: unknown): Promise<PortFailure> {
  const { address } = options;
  const problem = await tlsProblem(options);
  const message =
    problem === null
      ? `no Temporal server answers at ${address}: start one (for development: temporal server start-dev ` +
        '--db-filename payments.db), or set temporal.address to where it runs; one that wants TLS answers only where ' +
        'temporal.tlsEnabled is true'
      : `the Temporal server at ${address} is there, but TLS with it fails (${problem}): set temporal.tlsCaFile to the ` +
        'certificate of its authority, temporal.tlsServerName to the name in its certificate, and where it asks for one ' +
        'temporal.tlsCertFile and temporal.tlsKeyFile to yours';
  return new PortFailure('STORE_UNAVAILABLE', message, { cause });
}

/** A development server runs on SQLite, in a file or in memory: it does not tell which, so both are asked about. */
async function refuseVolatile(connection: Connection, address: string): Promise<void> {
  const { persistenceStore } = await connection.workflowService.getClusterInfo({});
  if (persistenceStore !== 'sqlite') return;
  throw new PortFailure(
    'CONFIG_INVALID',
    `the Temporal server at ${address} is a development server, which may keep its payments in memory: use a ` +
      'production server, or set temporal.allowVolatile where losing them is acceptable or the server has a file',
  );
}
