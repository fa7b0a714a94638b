// The strategy temporal: a workflow a payment, on a Temporal server.

import { join } from 'node:path';
import type { Config } from '../config/load-config.ts';
import { isPostgresUrl } from '../config/postgres-url.ts';
import { durableLedger } from './durable-ledger.ts';
import { loadPackage } from './load-package.ts';
import type { LoadStrategy } from './strategy-parts.ts';

export const loadTemporal: LoadStrategy = async ({ storage, temporal, cache, limits, server: { role } }) => {
  const { createTemporalStrategy } = await loadPackage(
    '@paystrata/infra-temporal',
    'the strategy temporal',
    () => import('@paystrata/infra-temporal'),
  );
  const { archiveUrl, ...connection } = temporal;
  const stores = { projection: projectionOf(storage), archive: archiveOf(storage, archiveUrl), ...keyringOf(storage) };
  const client = {
    maxAmount: limits.maxAmount,
    cacheTtlSeconds: cache.ttlSeconds,
    paymentCacheTtlSeconds: cache.paymentTtlSeconds,
  };
  const hostsWorker = role === 'all' || role === 'worker';
  return {
    create: ({ clock, ids, logger, gateway }) =>
      createTemporalStrategy({ ...connection, ...stores, ...client, clock, ids, logger, gateway, worker: hostsWorker }),
    createLedger: await durableLedger(storage),
  };
};

function projectionOf({ databaseUrl, dataDir }: Config['storage']) {
  if (isPostgresUrl(databaseUrl)) return { kind: 'postgres', url: databaseUrl } as const;
  const [path, readsPath] = [join(dataDir, 'projection.db'), join(dataDir, 'reads.db')];
  return { kind: 'sqlite', path, readsPath } as const;
}

/** With a database there may be several machines: an archive in a folder of one of them would not be seen by all. */
function archiveOf({ databaseUrl, dataDir }: Config['storage'], archiveUrl: string | null) {
  if (archiveUrl !== null) return { kind: 'postgres', url: archiveUrl } as const;
  if (isPostgresUrl(databaseUrl)) return { kind: 'none' } as const;
  return { kind: 'sqlite', path: join(dataDir, 'archive.db') } as const;
}

function keyringOf({ keyring, dataDir }: Config['storage']) {
  return isPostgresUrl(keyring) ? { keyringUrl: keyring } : { keyringPath: keyring ?? join(dataDir, 'keyring.db') };
}
