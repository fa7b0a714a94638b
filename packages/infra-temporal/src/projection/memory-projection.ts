// The projected log in memory, for tests and trials: every start fills it from the workflows.

import { combineMaintenance, createDerivedMaintenance, createLogFedEventLog, type Clock } from '@paystrata/application';
import { createIndexedReadModel, createMemoryStore, ServedIndex } from '@paystrata/infra-inmemory';
import type { Projection } from './projection.ts';

export function createMemoryProjection(clock: Clock): Projection {
  const served = new ServedIndex();
  const store = createMemoryStore({ name: 'projection (memory)', projection: served });
  const source = {
    readAll: store.readAll.bind(store),
    epoch: store.epoch.bind(store),
    position: store.position.bind(store),
  };
  const read = createIndexedReadModel(served, { source, clock });
  return {
    store,
    read,
    log: createLogFedEventLog({ source, clock }),
    maintenance: combineMaintenance('temporal', [createDerivedMaintenance({ store, readModel: read })]),
    start: () => store.start(),
    stop: () => store.stop(),
    notice: () => undefined,
    position: () => store.position(),
  };
}
