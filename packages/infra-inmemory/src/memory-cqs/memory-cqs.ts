// memory-cqs: payments in memory, reads as fresh as the last write, nothing durable.

import {
  createDerivedMaintenance,
  strategyFromStore,
  type Clock,
  type Ids,
  type Measurement,
  type Strategy,
} from '@paystrata/application';
import { createMemoryStore } from '../store/memory-store.ts';
import { createIndexedReadModel, ServedIndex } from './indexed-read-model.ts';
import { memoryCqsOptionsSchema, type MemoryCqsOptions } from './options.ts';

export interface MemoryCqsDependencies extends Partial<MemoryCqsOptions> {
  readonly clock: Clock;
  readonly ids: Ids;
}

/**
 * A strategy that is not started yet. It forgets everything when it is stopped.
 *
 * @throws ZodError where an option is not what the schema says.
 */
export function createMemoryCqsStrategy({ clock, ids, ...options }: MemoryCqsDependencies): Strategy {
  const { maxPayments } = memoryCqsOptionsSchema.parse(options);
  const served = new ServedIndex();
  const store = createMemoryStore({ name: 'memory-cqs', maxPayments, projection: served });
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
