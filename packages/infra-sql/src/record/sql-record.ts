// A record in SQL, whole: the log with its keyring, what follows from it in tables, and what stands beside it.

import {
  combineMaintenance,
  type Clock,
  type Keyring,
  type Logger,
  type LogSource,
  type Maintenance,
  type SnapshotStore,
  type SubscriptionStore,
} from '@paystrata/application';
import { createLogMaintenance } from '../integrity/log-maintenance.ts';
import { createLogUpkeep } from '../integrity/log-upkeep.ts';
import type { SqlPaymentStore } from '../journal/journal-store.ts';
import { PostgresReads } from '../reads/database/postgres-reads.ts';
import type { ReadsDatabase } from '../reads/database/reads-database.ts';
import { SqliteReads } from '../reads/database/sqlite-reads.ts';
import { createSqlReads, type SqlReads } from '../reads/sql-reads.ts';
import { createCompanions } from './companions.ts';
import { createRecordStore } from './create-store.ts';
import type { SqlRecordOptions } from './sql-record-options.ts';

export interface SqlRecordDependencies {
  readonly clock: Clock;
  /** Seals personal data; null: the keyring that the options name. */
  readonly keyring: Keyring | null;
  /** Whether this process seals and archives the log in the background. */
  readonly background: boolean;
  readonly logger?: Logger | undefined;
}

/** Started and stopped as a whole; nothing is opened before. */
export interface SqlRecord {
  readonly store: SqlPaymentStore;
  readonly source: LogSource;
  /** That of the log, for copies that are to be unreadable with it. */
  readonly keyring: Keyring;
  readonly reads: Pick<SqlReads, 'read' | 'log' | 'notice' | 'position' | 'documents'>;
  /** Where those who follow the log keep how far they got. */
  readonly subscriptions: SubscriptionStore;
  readonly snapshots: SnapshotStore;
  /** Of the log and of the tables. */
  readonly maintenance: Maintenance;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createSqlRecord(
  options: SqlRecordOptions,
  { clock, keyring, background, logger }: SqlRecordDependencies,
): SqlRecord {
  const store = createRecordStore(options, keyring);
  const source = { readAll: store.readAll.bind(store), epoch: store.epoch.bind(store) };
  const reads = createSqlReads({
    source,
    clock,
    database: readsDatabase(options.store),
    head: () => store.head(),
    document: (key) => store.document(key),
  });
  const log = { store, clock, archiveAfterDays: options.archive.afterDays };
  const companions = createCompanions(options.store);
  const upkeep = createLogUpkeep({ ...log, leases: companions.subscriptions, logger });
  return {
    store,
    source,
    keyring: store.keyring,
    reads,
    subscriptions: companions.subscriptions,
    snapshots: companions.snapshots,
    maintenance: combineMaintenance(options.name, [createLogMaintenance(log), reads.maintenance]),
    start: async () => {
      await store.start();
      try {
        await companions.start();
        await reads.start();
      } catch (error) {
        await companions.stop();
        await store.stop();
        throw error;
      }
      if (background) upkeep.start();
    },
    stop: async () => {
      await upkeep.stop();
      await reads.stop();
      await companions.stop();
      await store.stop();
    },
  };
}

function readsDatabase(store: SqlRecordOptions['store']): ReadsDatabase {
  if (store.kind === 'postgres') return new PostgresReads({ url: store.url, poolSize: store.poolSize });
  return new SqliteReads({ path: store.readsPath ?? `${store.path.replace(/\.db$/, '')}-reads.db` });
}
