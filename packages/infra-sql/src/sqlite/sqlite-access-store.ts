// API keys and idempotency keys in one SQLite file, which the processes of an installation share.

import type { ApiKeyStore, IdempotencyStore } from '@paystrata/application';
import { accessMigrations } from './access-schema.ts';
import { GroupedWrites } from './grouped-writes.ts';
import { createApiKeys } from './sqlite-api-keys.ts';
import { SqliteFile } from './sqlite-file.ts';
import { createIdempotency } from './sqlite-idempotency.ts';

export interface SqliteAccessStore {
  readonly apiKeys: ApiKeyStore;
  readonly idempotency: IdempotencyStore;
  /** Finishes what is in flight and closes the file. */
  stop(): Promise<void>;
}

/**
 * Opens the file, or makes it; only its owner may read it. Whatever a method answers is synced to disk.
 *
 * @throws PortFailure `SCHEMA_TOO_NEW`, `STORE_DAMAGED`, `STORE_FULL` or `STORE_UNAVAILABLE`, as all methods do.
 */
export async function createSqliteAccessStore(path: string): Promise<SqliteAccessStore> {
  const file = await SqliteFile.open({ path, migrations: accessMigrations });
  const writes = new GroupedWrites(file);
  return {
    apiKeys: createApiKeys(file, writes),
    idempotency: createIdempotency(file, writes),
    stop: async () => {
      await writes.idle();
      file.close();
    },
  };
}
