// Event sourcing in memory: a log that is gone when the strategy stops, and an index that every commit updates.

import {
  createDerivedMaintenance,
  strategyFromStore,
  type Clock,
  type Ids,
  type Measurement,
  type Strategy,
} from '@paystrata/application';
import { createIndexedReadModel, createMemoryStore, ServedIndex } from '@paystrata/infra-inmemory';

export function createMemoryStrategy({ clock, ids }: { readonly clock: Clock; readonly ids: Ids }): Strategy {
  const served = new ServedIndex();
  const store = createMemoryStore({ name: 'event store (memory)', projection: served });
  const source = {
    readAll: store.readAll.bind(store),
    epoch: store.epoch.bind(store),
    position: store.position.bind(store),
  };
  const read = createIndexedReadModel(served, { source, clock });
  return strategyFromStore(
    { store, ids, clock },
    {
      read,
      maintenance: createDerivedMaintenance({ store, readModel: read }),
      measure: (): readonly Measurement[] => [
        { name: 'paystrata_payments', value: read.index().size(), labels: {} },
        { name: 'paystrata_organizations', value: read.index().organizations().length, labels: {} },
      ],
    },
  );
}
