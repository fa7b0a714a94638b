// The projected log in SQLite or PostgreSQL: a journal as other strategies have it, and tables that follow it.

import { combineMaintenance, type Clock, type Keyring } from '@paystrata/application';
import {
  createLogMaintenance,
  createPostgresStore,
  createSqliteStore,
  createSqlReads,
  PostgresReads,
  SqliteReads,
  type ReadsDatabase,
  type SqlPaymentStore,
} from '@paystrata/infra-sql';
import { asProjecting } from '../personal/projecting-keyring.ts';
import type { TemporalOptions } from '../strategy/options.ts';
import type { Projection } from './projection.ts';

type SqlOptions = Exclude<TemporalOptions['projection'], { readonly kind: 'memory' }>;

export function createSqlProjection(options: SqlOptions, clock: Clock, keyring: Keyring): Projection {
  const store = createSqlStore(options, keyring);
  const source = { readAll: store.readAll.bind(store), epoch: store.epoch.bind(store) };
  const reads = createSqlReads({
    source,
    clock,
    database: readsDatabase(options),
    head: () => store.head(),
    document: (key) => store.document(key),
  });
  return {
    store,
    read: reads.read,
    log: reads.log,
    maintenance: combineMaintenance('temporal', [
      createLogMaintenance({ store, clock, archiveAfterDays: null }),
      reads.maintenance,
    ]),
    start: async () => {
      await store.start();
      try {
        await reads.start();
      } catch (error) {
        await store.stop();
        throw error;
      }
    },
    stop: async () => {
      await reads.stop();
      await store.stop();
    },
    notice: () => reads.notice(),
    position: () => reads.position(),
  };
}

type StoreOptions =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly poolSize: number };

/** A journal of what is recorded elsewhere, sealed with the keys of the ring. */
export function createSqlStore(options: StoreOptions, ring: Keyring): SqlPaymentStore {
  const keyring = asProjecting(ring);
  return options.kind === 'sqlite'
    ? createSqliteStore({ path: options.path, keyring })
    : createPostgresStore({ url: options.url, poolSize: options.poolSize, keyring });
}

function readsDatabase(options: SqlOptions): ReadsDatabase {
  if (options.kind === 'postgres') return new PostgresReads({ url: options.url, poolSize: options.poolSize });
  return new SqliteReads({ path: options.readsPath ?? `${options.path.replace(/\.db$/, '')}-reads.db` });
}
