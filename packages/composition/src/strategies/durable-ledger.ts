// The books of the sandbox gateway, kept as durably as the payments that it charges.

import { join } from 'node:path';
import { loadPackage } from './load-package.ts';
import type { OpenLedger } from './strategy-parts.ts';

/** One SQLite file in the data folder, opened at first use. */
export async function durableLedger(dataDir: string): Promise<() => OpenLedger> {
  const { createSqliteLedger } = await loadPackage(
    '@paystrata/infra-sql',
    'the sandbox gateway',
    () => import('@paystrata/infra-sql'),
  );
  return () => createSqliteLedger(join(dataDir, 'sandbox.db'));
}
