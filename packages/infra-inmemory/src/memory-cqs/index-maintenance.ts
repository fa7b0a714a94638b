// Maintenance of memory-cqs: the index against the log, put right, brought up, folded anew, cleaned and compacted.

import { setImmediate as breakFor } from 'node:timers/promises';
import {
  capabilityMissing,
  createDerivedMaintenance,
  type Difference,
  type Maintenance,
  type MaintenanceAction,
  type MaintenanceOptions,
  type MaintenanceReport,
  type MaintenanceScope,
  type PaymentStore,
} from '@paystrata/application';
import {
  mendIndex,
  orphans,
  problemOf,
  verifyIndex,
  type IndexDifference,
  type IndexFault,
} from '../payment-index/following/verify-index.ts';
import type { IndexedReadModel } from './indexed-read-model.ts';

const actions = ['verify', 'repair', 'rebuild', 'synchronize', 'optimize'] as const satisfies MaintenanceAction[];
const MAX_DIFFERENCES = 1000;
/** Small steps of compaction between two breaks. */
const COMPACTION_STEPS = 8;

export interface IndexMaintenanceOptions {
  readonly store: PaymentStore;
  readonly read: IndexedReadModel;
  /** Told after the index was changed by maintenance alone. */
  readonly onMended: () => void;
}

/**
 * `verify` finds what differs between state, log and index; `repair` puts the index right, `synchronize` only brings in
 * what it lacks, `rebuild` folds it anew, all of it whatever the scope, and `optimize` drops what the log does not know
 * and compacts. All of them run while commands and queries go on.
 */
export function createIndexMaintenance({ store, read, onMended }: IndexMaintenanceOptions): Maintenance {
  const work = new IndexMaintenance(store, read, onMended);
  return {
    actions,
    run: async (action, scope, options = {}) => {
      options.signal?.throwIfAborted();
      store.epoch();
      switch (action) {
        case 'verify':
          return work.verify(scope, options);
        case 'repair':
          return work.mend(action, scope, options, ['missing', 'behind', 'different', 'orphan']);
        case 'synchronize':
          return work.mend(action, scope, options, ['missing', 'behind']);
        case 'rebuild':
          return work.rebuild(options);
        case 'optimize':
          return work.optimize(scope, options);
        case 'archive':
          throw capabilityMissing(store.name, action, actions);
      }
    },
  };
}

class IndexMaintenance {
  readonly #store: PaymentStore;
  readonly #read: IndexedReadModel;
  readonly #onMended: () => void;

  constructor(store: PaymentStore, read: IndexedReadModel, onMended: () => void) {
    this.#store = store;
    this.#read = read;
    this.#onMended = onMended;
  }

  async verify(scope: MaintenanceScope, options: MaintenanceOptions): Promise<MaintenanceReport> {
    const written = await createDerivedMaintenance({ store: this.#store }).run('verify', scope, options);
    const found = new Differences();
    for await (const difference of this.#differences(scope, options)) found.add(difference);
    const differences = [...written.differences, ...found.list].slice(0, MAX_DIFFERENCES);
    return { ...written, differences, differing: written.differing + found.count };
  }

  async mend(
    action: 'repair' | 'synchronize',
    scope: MaintenanceScope,
    options: MaintenanceOptions,
    faults: readonly IndexFault[],
  ): Promise<MaintenanceReport> {
    const found = new Differences();
    let [checked, changed] = [0, 0];
    const onChecked = () => {
      checked += 1;
      options.onProgress?.({ done: checked, total: null });
    };
    for await (const difference of this.#differences(scope, options, onChecked)) {
      if (!faults.includes(difference.fault)) continue;
      found.add(difference);
      changed += this.#mend(difference);
    }
    options.onProgress?.({ done: checked, total: checked });
    return { action, checked, changed, differences: found.list, differing: found.count };
  }

  async rebuild(options: MaintenanceOptions): Promise<MaintenanceReport> {
    const payments = await this.#read.rebuild(options);
    return { action: 'rebuild', checked: payments, changed: payments, differences: [], differing: 0 };
  }

  async optimize(scope: MaintenanceScope, { signal, onProgress }: MaintenanceOptions): Promise<MaintenanceReport> {
    const found = new Differences();
    let changed = 0;
    for await (const orphan of orphans(this.#read.index, this.#store, scope, signal)) {
      found.add(orphan);
      changed += this.#mend(orphan);
    }
    const checked = this.#read.index().size();
    while (!this.#read.index().compact(COMPACTION_STEPS)) {
      await breakFor();
      signal?.throwIfAborted();
    }
    onProgress?.({ done: checked, total: checked });
    return { action: 'optimize', checked, changed, differences: found.list, differing: found.count };
  }

  #mend(difference: IndexDifference): 0 | 1 {
    if (!mendIndex(this.#read.index(), difference)) return 0;
    this.#onMended();
    return 1;
  }

  #differences(scope: MaintenanceScope, { signal }: MaintenanceOptions, onChecked?: () => void) {
    const told = { ...(signal !== undefined && { signal }), ...(onChecked !== undefined && { onChecked }) };
    return verifyIndex(this.#read.index, this.#store, { scope, ...told });
  }
}

/** As many as a report shows, and how many there were. */
class Differences {
  readonly list: Difference[] = [];
  count = 0;

  add(difference: IndexDifference): void {
    this.count += 1;
    if (this.list.length < MAX_DIFFERENCES) this.list.push({ ...difference.key, problem: problemOf(difference) });
  }
}
