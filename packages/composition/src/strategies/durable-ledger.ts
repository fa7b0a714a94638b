// The books of the sandbox gateway, kept as durably as the payments that it charges.

import { join } from 'node:path';
import type { Config } from '../config/load-config.ts';
import { isPostgresUrl } from '../config/postgres-url.ts';
import { loadPackage } from './load-package.ts';
import type { OpenLedger } from './strategy-parts.ts';

/** In the PostgreSQL database of the payments, else a SQLite file in the data folder; opened at first use. */
export async function durableLedger({ databaseUrl, dataDir }: Config['storage']): Promise<() => OpenLedger> {
  const { createPostgresLedger, createSqliteLedger } = await loadPackage(
    '@paystrata/infra-sql',
    'the sandbox gateway',
    () => import('@paystrata/infra-sql'),
  );
  if (isPostgresUrl(databaseUrl)) return () => createPostgresLedger({ url: databaseUrl, poolSize: 2 });
  return () => createSqliteLedger(join(dataDir, 'sandbox.db'));
}
