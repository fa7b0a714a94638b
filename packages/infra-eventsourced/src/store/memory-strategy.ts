// Event sourcing in memory: a log that is gone when the strategy stops, and an index that every commit updates.

import {
  type Clock,
  combineMaintenance,
  createDerivedMaintenance,
  createMemorySubscriptionStore,
  type EventTypes,
  type Ids,
  type Measurement,
  strategyFromStore,
} from '@paystrata/application';
import { createIndexedReadModel, createMemoryStore, ServedIndex } from '@paystrata/infra-inmemory';
import type { EventSourcedStrategy } from '../event-sourced-strategy.ts';
import { createMemoryEventStore } from '../memory/memory-event-store.ts';
import { createMemorySnapshotStore } from '../repository/memory-snapshot-store.ts';
import { createMemoryArchive } from './memory-archive.ts';

export interface MemoryDependencies {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly types?: EventTypes | undefined;
}

export function createMemoryStrategy({ clock, ids, types }: MemoryDependencies): EventSourcedStrategy {
  const served = new ServedIndex();
  const store = createMemoryStore({ name: 'event store (memory)', projection: served });
  const source = {
    readAll: store.readAll.bind(store),
    epoch: store.epoch.bind(store),
    position: store.position.bind(store),
  };
  const read = createIndexedReadModel(served, { source, clock });
  const strategy = strategyFromStore(
    { store, ids, clock },
    {
      read,
      maintenance: combineMaintenance('event-sourced', [
        createDerivedMaintenance({ store, readModel: read }),
        createMemoryArchive(store),
      ]),
      measure: (): readonly Measurement[] => [
        { name: 'paystrata_payments', value: read.index().size(), labels: {} },
        { name: 'paystrata_organizations', value: read.index().organizations().length, labels: {} },
      ],
    },
  );
  return {
    ...strategy,
    eventStore: createMemoryEventStore({ types: types ?? {}, payments: store }),
    subscriptions: createMemorySubscriptionStore(clock),
    snapshots: createMemorySnapshotStore(),
  };
}
