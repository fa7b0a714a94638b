// Event sourcing in SQL: the journal is the record, reads are tables that follow it.

import {
  combineMaintenance,
  strategyFromStore,
  type Clock,
  type EventTypes,
  type Ids,
  type Keyring,
  type Logger,
  type Measurement,
} from '@paystrata/application';
import {
  createLogMaintenance,
  createLogUpkeep,
  createSqlReads,
  PostgresReads,
  SqliteReads,
  type ReadsDatabase,
} from '@paystrata/infra-sql';
import type { DurableOptions } from '../options.ts';
import { cacheStreams } from '../cache/cached-event-store.ts';
import type { EventSourcedStrategy } from '../event-sourced-strategy.ts';
import { createJournalEventStore } from '../journal/journal-event-store.ts';
import { createCompanions } from './companions.ts';
import { createEventStore } from './create-store.ts';

export interface DurableDependencies {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly keyring: Keyring | null;
  /** Whether this process keeps up the log in the background. */
  readonly background: boolean;
  readonly logger?: Logger | undefined;
  readonly types?: EventTypes | undefined;
}

/** Nothing is opened before `start`. */
export function createDurableStrategy(
  options: DurableOptions,
  dependencies: DurableDependencies,
): EventSourcedStrategy {
  const { clock, ids, keyring, background, logger, types } = dependencies;
  const store = createEventStore(options, keyring);
  const source = { readAll: store.readAll.bind(store), epoch: store.epoch.bind(store) };
  const reads = createSqlReads({
    source,
    clock,
    database: readsDatabase(options.store),
    head: () => store.head(),
    document: (key) => store.document(key),
  });
  const log = { store, clock, archiveAfterDays: options.archive.afterDays };
  const upkeep = createLogUpkeep({ ...log, logger });
  const eventStore = cacheStreams(createJournalEventStore({ journal: () => store.journal, types: types ?? {} }));
  const companions = createCompanions(options.store);
  const strategy = strategyFromStore(
    { store, ids, clock, onCommitted: () => reads.notice() },
    {
      read: reads.read,
      log: reads.log,
      maintenance: combineMaintenance('event-sourced', [createLogMaintenance(log), reads.maintenance]),
      measure: (): readonly Measurement[] => [
        { name: 'paystrata_projection_position', value: reads.position(), labels: { projection: 'payments' } },
        ...eventStore.measure(),
      ],
    },
  );
  return {
    ...strategy,
    eventStore,
    subscriptions: companions.subscriptions,
    snapshots: companions.snapshots,
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

function readsDatabase(store: DurableOptions['store']): ReadsDatabase {
  if (store.kind === 'postgres') return new PostgresReads({ url: store.url, poolSize: store.poolSize });
  return new SqliteReads({ path: store.readsPath ?? `${store.path.replace(/\.db$/, '')}-reads.db` });
}
