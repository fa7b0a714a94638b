// Event sourcing in SQL: the journal is the record, reads are tables that follow it.

import {
  strategyFromStore,
  type Clock,
  type EventTypes,
  type Ids,
  type Keyring,
  type Logger,
  type Measurement,
} from '@paystrata/application';
import { createSqlRecord } from '@paystrata/infra-sql';
import type { DurableOptions } from '../options.ts';
import { cacheStreams } from '../cache/cached-event-store.ts';
import type { EventSourcedStrategy } from '../event-sourced-strategy.ts';
import { createJournalEventStore } from '../journal/journal-event-store.ts';

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
  const record = createSqlRecord({ ...options, name: 'event store' }, { clock, keyring, background, logger });
  const { store, reads } = record;
  const eventStore = cacheStreams(createJournalEventStore({ journal: () => store.journal, types: types ?? {} }));
  const strategy = strategyFromStore(
    { store, ids, clock, onCommitted: () => reads.notice() },
    {
      read: reads.read,
      log: reads.log,
      maintenance: record.maintenance,
      measure: (): readonly Measurement[] => [
        { name: 'paystrata_projection_position', value: reads.position(), labels: { projection: 'payments' } },
        ...eventStore.measure(),
      ],
    },
  );
  return {
    ...strategy,
    eventStore,
    subscriptions: record.subscriptions,
    snapshots: record.snapshots,
    start: () => record.start(),
    stop: () => record.stop(),
  };
}
