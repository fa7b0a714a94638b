// Where API keys and idempotency keys are kept: beside the strategy's own store, whatever that is.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PortFailure, type ApiKeyStore, type IdempotencyStore } from '@paystrata/application';
import type { Config } from '../config/load-config.ts';
import { isPostgresUrl } from '../config/postgres-url.ts';
import { loadPackage } from '../strategies/load-package.ts';
import { createMemoryAccessStores } from './memory-access-stores.ts';

export interface AccessStores {
  readonly apiKeys: ApiKeyStore;
  readonly idempotency: IdempotencyStore;
  stop(): Promise<void>;
}

/** The file in the data folder. */
const ACCESS_FILE = 'access.db';

/**
 * The PostgreSQL database of the payments, which all machines share; else a SQLite file in the data folder, which the
 * processes of the machine share and only its owner may read.
 *
 * @throws PortFailure
 */
export async function openAccessStores({ storage }: Config, inMemory: boolean): Promise<AccessStores> {
  if (inMemory) return createMemoryAccessStores();
  const { dataDir, databaseUrl } = storage;
  const { createPostgresAccessStore, createSqliteAccessStore } = await loadPackage(
    '@paystrata/infra-sql',
    'keeping API keys',
    () => import('@paystrata/infra-sql'),
  );
  if (isPostgresUrl(databaseUrl)) return createPostgresAccessStore({ url: databaseUrl });
  makeDataFolder(dataDir);
  return createSqliteAccessStore(join(dataDir, ACCESS_FILE));
}

/** Only the owner gets into a folder that is made here; one that is there is left as it is. */
function makeDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PortFailure('STORE_UNAVAILABLE', `the data folder ${dataDir} cannot be made: ${reason}`, {
      cause: error,
      retryable: false,
    });
  }
}
