// The strategy temporal: a workflow a payment, on a Temporal server.

import { join } from 'node:path';
import { durableLedger } from './durable-ledger.ts';
import { loadPackage } from './load-package.ts';
import type { LoadStrategy } from './strategy-parts.ts';

export const loadTemporal: LoadStrategy = async ({ storage, temporal, server: { role } }) => {
  const { createTemporalStrategy } = await loadPackage(
    '@paystrata/infra-temporal',
    'the strategy temporal',
    () => import('@paystrata/infra-temporal'),
  );
  const projectionFile = join(storage.dataDir, 'projection.db');
  const worker = role === 'all' || role === 'worker';
  return {
    create: ({ clock, ids, logger, gateway }) =>
      createTemporalStrategy({ ...temporal, clock, ids, logger, gateway, projectionFile, worker }),
    createLedger: await durableLedger(storage),
  };
};
