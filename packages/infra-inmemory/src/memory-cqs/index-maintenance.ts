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
  type Progress,
} from '@paystrata/application';
import {
  indexFaults,
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
 * `verify` finds what differs between state, log and index, and between the parts of the index: each payment must be
 * found by all that it says and by nothing else. `repair` puts the index right, `synchronize` only brings in
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

  /** Two looks at each payment: its state, then what the index has of it. Progress counts both as half a payment. */
  async verify(scope: MaintenanceScope, options: MaintenanceOptions): Promise<MaintenanceReport> {
    const total = this.#sizeOf(scope);
    const tell = (looks: number) => {
      const done = Math.ceil(looks / 2);
      options.onProgress?.({ done, total: Math.max(done, total) });
    };
    const told = { ...options, onProgress: ({ done }: Progress) => tell(done) };
    const written = await createDerivedMaintenance({ store: this.#store }).run('verify', scope, told);
    const found = new Differences();
    let looks = written.checked;
    const onChecked = () => tell((looks += 1));
    for await (const difference of this.#differences(scope, options, onChecked)) found.add(shown(difference));
    for await (const fault of indexFaults(this.#read.index, scope, options.signal)) found.add(fault);
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
    const total = this.#sizeOf(scope);
    let [checked, changed] = [0, 0];
    const onChecked = () => {
      checked += 1;
      options.onProgress?.({ done: checked, total: Math.max(checked, total) });
    };
    for await (const difference of this.#differences(scope, options, onChecked)) {
      if (!faults.includes(difference.fault)) continue;
      found.add(shown(difference));
      changed += this.#mend(difference);
    }
    if (action === 'repair') changed += await this.#rebuildWrongParts(scope, options, found);
    options.onProgress?.({ done: checked, total: checked });
    return { action, checked, changed, differences: found.list, differing: found.count };
  }

  /** Payments that are right may be found by what is wrong: only a new index helps. @returns how many were indexed anew. */
  async #rebuildWrongParts(scope: MaintenanceScope, options: MaintenanceOptions, found: Differences): Promise<number> {
    const before = found.count;
    for await (const fault of indexFaults(this.#read.index, scope, options.signal)) found.add(fault);
    if (found.count === before) return 0;
    return this.#read.rebuild(options.signal === undefined ? {} : { signal: options.signal });
  }

  async rebuild(options: MaintenanceOptions): Promise<MaintenanceReport> {
    const payments = await this.#read.rebuild(options);
    return { action: 'rebuild', checked: payments, changed: payments, differences: [], differing: 0 };
  }

  async optimize(scope: MaintenanceScope, { signal, onProgress }: MaintenanceOptions): Promise<MaintenanceReport> {
    const found = new Differences();
    let changed = 0;
    for await (const orphan of orphans(this.#read.index, this.#store, scope, signal)) {
      found.add(shown(orphan));
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

  /** About how many payments there are to look at: some may come meanwhile. */
  #sizeOf(scope: MaintenanceScope): number {
    if (scope.kind === 'payment') return 1;
    return this.#read.index().size(scope.kind === 'all' ? undefined : scope.organizationId);
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

  add(difference: Difference): void {
    this.count += 1;
    if (this.list.length < MAX_DIFFERENCES) this.list.push(difference);
  }
}

function shown(difference: IndexDifference): Difference {
  return { ...difference.key, problem: problemOf(difference) };
}
