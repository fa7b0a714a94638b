// Event sourcing in SQL: the journal is the record, reads are tables that follow it.

import {
  combineMaintenance,
  createDerivedMaintenance,
  strategyFromStore,
  type Clock,
  type Ids,
  type Keyring,
  type Measurement,
  type Strategy,
} from '@paystrata/application';
import { createSqlReads, PostgresReads, SqliteReads, type ReadsDatabase } from '@paystrata/infra-sql';
import type { DurableOptions } from '../options.ts';
import { createEventStore } from './create-store.ts';

export interface DurableDependencies {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly keyring: Keyring | null;
}

/** Nothing is opened before `start`. */
export function createDurableStrategy(options: DurableOptions, { clock, ids, keyring }: DurableDependencies): Strategy {
  const store = createEventStore(options, keyring);
  const source = { readAll: store.readAll.bind(store), epoch: store.epoch.bind(store) };
  const reads = createSqlReads({
    source,
    clock,
    database: readsDatabase(options.store),
    head: () => store.head(),
    document: (key) => store.document(key),
  });
  const strategy = strategyFromStore(
    { store, ids, clock, onCommitted: () => reads.notice() },
    {
      read: reads.read,
      maintenance: combineMaintenance('event-sourced', [createDerivedMaintenance({ store }), reads.maintenance]),
      measure: (): readonly Measurement[] => [
        { name: 'paystrata_projection_position', value: reads.position(), labels: { projection: 'payments' } },
      ],
    },
  );
  return {
    ...strategy,
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
  };
}

function readsDatabase(store: DurableOptions['store']): ReadsDatabase {
  if (store.kind === 'postgres') return new PostgresReads({ url: store.url, poolSize: store.poolSize });
  return new SqliteReads({ path: store.readsPath ?? `${store.path.replace(/\.db$/, '')}-reads.db` });
}
