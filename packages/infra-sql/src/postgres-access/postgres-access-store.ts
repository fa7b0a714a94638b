// API keys and idempotency keys in PostgreSQL, shared by any number of processes and machines.

import type { ApiKeyStore, IdempotencyStore } from '@paystrata/application';
import { migratePostgres } from '../postgres/migrate-postgres.ts';
import { PostgresDatabase } from '../postgres/postgres-database.ts';
import { accessMigrations } from './access-schema.ts';
import { createApiKeys } from './postgres-api-keys.ts';
import { createIdempotency } from './postgres-idempotency.ts';

export interface PostgresAccessOptions {
  /** `postgres://user:password@host:port/database`; the tables go to its schema `paystrata_access`. */
  readonly url: string;
  /** Connections of this process at most; 4 where absent. */
  readonly poolSize?: number;
  /** How long to wait for a connection, and for the answer to a statement; 15 s where absent. */
  readonly timeoutMs?: number;
}

export interface PostgresAccessStore {
  readonly apiKeys: ApiKeyStore;
  readonly idempotency: IdempotencyStore;
  /** Finishes what is in flight and closes the connections. */
  stop(): Promise<void>;
}

/**
 * Opens the tables, or makes them. Whatever a method answers is synced to the server's disk. Nothing is kept in memory:
 * a key that one process revoked is refused by the others with the next request.
 *
 * @throws PortFailure `SCHEMA_TOO_NEW`, `STORE_DAMAGED`, `STORE_FULL` or `STORE_UNAVAILABLE`, as all methods do.
 */
export async function createPostgresAccessStore(options: PostgresAccessOptions): Promise<PostgresAccessStore> {
  const database = await openAccess(options);
  return {
    apiKeys: createApiKeys(database),
    idempotency: createIdempotency(database),
    stop: () => database.close(),
  };
}

/** A database that has the tables of this folder, but for the keyring's. */
export function openAccess({
  url,
  poolSize = 4,
  timeoutMs = 15_000,
}: PostgresAccessOptions): Promise<PostgresDatabase> {
  return PostgresDatabase.open({ url, poolSize, timeoutMs }, (client) =>
    migratePostgres(client, 'access', accessMigrations),
  );
}
