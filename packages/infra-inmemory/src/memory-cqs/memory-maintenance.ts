// Maintenance of memory-cqs: what is derived from its log, and putting its index together again.

import { setImmediate } from 'node:timers/promises';
import {
  createDerivedMaintenance,
  type Maintenance,
  type MaintenanceOptions,
  type MaintenanceReport,
  type PaymentStore,
} from '@paystrata/application';
import type { IndexedReadModel } from './indexed-read-model.ts';

/** Small steps of compaction after which others get their turn. */
const STEPS = 50;

/** `optimize` compacts the index of all organizations, whatever the scope, while it serves. */
export function createMemoryMaintenance(store: PaymentStore, readModel: IndexedReadModel): Maintenance {
  const derived = createDerivedMaintenance({ store, readModel });
  return {
    actions: [...derived.actions, 'optimize'],
    run: (action, scope, options = {}) =>
      action === 'optimize' ? optimize(readModel, options) : derived.run(action, scope, options),
  };
}

async function optimize(
  readModel: IndexedReadModel,
  { onProgress, signal }: MaintenanceOptions,
): Promise<MaintenanceReport> {
  for (let isDone = false; !isDone; await setImmediate()) {
    signal?.throwIfAborted();
    isDone = readModel.index().compact(STEPS);
  }
  const count = readModel.index().size();
  onProgress?.({ done: count, total: count });
  return { action: 'optimize', checked: count, changed: 0, differences: [], differing: 0 };
}
