// The servers that a configuration names, and whether somebody listens there.

import { connect } from 'node:net';
import type { Config } from '@paystrata/composition';
import { failed, ok, reasonOf, type Finding } from './finding.ts';

const PATIENCE_MS = 2000;

interface Server {
  readonly check: string;
  readonly host: string;
  readonly port: number;
  readonly variable: string;
}

const defaultPorts: Readonly<Record<string, number>> = {
  'postgres:': 5432,
  'postgresql:': 5432,
  'redis:': 6379,
  'rediss:': 6379,
  'http:': 80,
  'https:': 443,
};

/** Only those that the configured strategy uses. */
export function serversOf({ storage, temporal }: Config): readonly Server[] {
  const { strategy, databaseUrl, keyring, redisUrl, searchUrl } = storage;
  const isMultiSource = strategy === 'multi-source';
  return [
    ...serverAt('database', databaseUrl, 'PAYSTRATA_DATABASE_URL'),
    ...serverAt('keyring', keyring, 'PAYSTRATA_KEYRING'),
    ...serverAt('redis', redisUrl, 'PAYSTRATA_REDIS_URL'),
    ...(isMultiSource ? serverAt('search', searchUrl, 'PAYSTRATA_SEARCH_URL') : []),
    ...(strategy === 'temporal' ? serverAt('temporal', `tcp://${temporal.address}`, 'PAYSTRATA_TEMPORAL_ADDRESS') : []),
  ];
}

/** Files and `memory:` are no servers. */
function serverAt(check: string, address: string | null, variable: string): readonly Server[] {
  const url = address === null ? null : URL.parse(address);
  if (url === null || url.hostname === '') return [];
  const port = url.port === '' ? defaultPorts[url.protocol] : Number(url.port);
  return port === undefined ? [] : [{ check, host: url.hostname.replace(/^\[|\]$/g, ''), port, variable }];
}

export async function reach({ check, host, port, variable }: Server): Promise<Finding> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ host, port, timeout: PATIENCE_MS });
  socket.once('connect', () => resolve());
  socket.once('timeout', () => reject(new Error(`no answer within ${PATIENCE_MS} ms`)));
  socket.once('error', reject);
  try {
    await promise;
    return ok(check, `somebody listens at ${host}:${port}`);
  } catch (error) {
    const says = `nobody can be reached at ${host}:${port}: ${reasonOf(error)}`;
    return failed(check, says, `start it, open the way to it, or correct ${variable}`);
  } finally {
    socket.destroy();
  }
}
