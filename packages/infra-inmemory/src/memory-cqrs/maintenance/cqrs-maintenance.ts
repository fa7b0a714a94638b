// Maintenance of memory-cqrs: read against write model, repair, rebuild, synchronize, optimize – all while serving.

import { setImmediate as breakFor } from 'node:timers/promises';
import {
  capabilityMissing,
  PortFailure,
  readLog,
  verifyStore,
  type Difference,
  type Maintenance,
  type MaintenanceAction,
  type MaintenanceOptions,
  type MaintenanceReport,
  type MaintenanceScope,
  type PaymentStore,
} from '@paystrata/application';
import type { DeadEvent } from '../event-bus/dead-letters.ts';
import type { LogFeed } from '../event-bus/log-feed.ts';
import type { MemoryEventBus } from '../event-bus/memory-event-bus.ts';
import type { Projection } from '../projections/projection.ts';
import type { Projections } from '../projections/projections.ts';
import type { View } from '../projections/view.ts';
import type { QueryCache } from '../query-cache/query-cache.ts';
import { orphans, partOf, projectedByLog, wrongPayments, type Wrong } from './verify-projections.ts';

const actions = ['verify', 'repair', 'rebuild', 'synchronize', 'optimize'] as const satisfies MaintenanceAction[];
const MAX_DIFFERENCES = 1000;
/** How long `synchronize` waits for a projection that works. */
const SYNCHRONIZE_MS = 60_000;
/** Small steps of compaction between two breaks. */
const COMPACTION_STEPS = 16;

export interface CqrsMaintenanceOptions {
  readonly store: PaymentStore;
  readonly feed: LogFeed;
  readonly projections: Projections;
  readonly cache: QueryCache;
  readonly events: MemoryEventBus;
}

export function createCqrsMaintenance(parts: CqrsMaintenanceOptions): Maintenance {
  const work = new CqrsMaintenance(parts);
  return {
    actions,
    run: async (action, scope, options = {}) => {
      options.signal?.throwIfAborted();
      parts.store.epoch();
      switch (action) {
        case 'verify':
          return work.verify(scope, options);
        case 'repair':
          return work.repair(scope, options);
        case 'rebuild':
          return work.rebuild(options);
        case 'synchronize':
          return work.synchronize(scope, options);
        case 'optimize':
          return work.optimize(scope, options);
        case 'archive':
          throw capabilityMissing(parts.store.name, action, actions);
      }
    },
  };
}

class CqrsMaintenance {
  readonly #parts: CqrsMaintenanceOptions;
  readonly #projections: readonly Projection<View>[];

  constructor(parts: CqrsMaintenanceOptions) {
    this.#parts = parts;
    this.#projections = parts.projections.all;
  }

  /** The write model against the log, each projection against both, and what handlers gave up. */
  async verify(scope: MaintenanceScope, options: MaintenanceOptions): Promise<MaintenanceReport> {
    const { store } = this.#parts;
    const written = await verifyStore(store, scope, options);
    const differences: Difference[] = [...written.differences];
    let { differing } = written;
    for await (const { key, problem } of wrongPayments(store, this.#projections, scope, options)) {
      differing += 1;
      if (differences.length < MAX_DIFFERENCES) differences.push({ ...key, problem });
    }
    for (const letter of this.#deadLetters(scope)) {
      differing += 1;
      if (differences.length < MAX_DIFFERENCES) differences.push(givenUp(letter));
    }
    return { ...written, differences, differing };
  }

  /** Puts right what `verify` would find wrong in the projections; the report says what that was. */
  async repair(scope: MaintenanceScope, options: MaintenanceOptions): Promise<MaintenanceReport> {
    const { store } = this.#parts;
    const differences: Difference[] = [];
    let changed = 0;
    for await (const wrong of wrongPayments(store, this.#projections, scope, options)) {
      await this.#mend(wrong);
      changed += 1;
      if (differences.length < MAX_DIFFERENCES) differences.push({ ...wrong.key, problem: wrong.problem });
      options.onProgress?.({ done: changed, total: null });
    }
    const checked = await this.#count(scope);
    options.onProgress?.({ done: checked, total: checked });
    return { action: 'repair', checked, changed, differences, differing: changed };
  }

  /** All projections anew, whatever the scope: they are folded side by side, so that each event is folded once. */
  async rebuild({ onProgress, signal }: MaintenanceOptions): Promise<MaintenanceReport> {
    const [first, ...others] = this.#projections;
    if (first === undefined) throw new Error('there are no projections');
    const told = { ...(onProgress !== undefined && { onProgress }), ...(signal !== undefined && { signal }) };
    const quiet = signal === undefined ? {} : { signal };
    const [payments] = await Promise.all([first.rebuild(told), ...others.map((each) => each.rebuild(quiet))]);
    return { action: 'rebuild', checked: payments, changed: payments, differences: [], differing: 0 };
  }

  /**
   * Waits for the projections; for all organizations, also hands dead letters to their handlers once more. The report
   * says what is given up all the same.
   *
   * @throws PortFailure `POSITION_TIMEOUT` where a projection is paused or stands still: it names it.
   */
  async synchronize(scope: MaintenanceScope, { onProgress, signal }: MaintenanceOptions): Promise<MaintenanceReport> {
    const { feed } = this.#parts;
    const { head } = feed;
    let changed = 0;
    for (const [place, projection] of this.#projections.entries()) {
      signal?.throwIfAborted();
      const { paused, problem, checkpoint, name } = projection.status();
      if (checkpoint < head && (paused || problem !== null)) {
        throw new PortFailure('POSITION_TIMEOUT', `projection ${name} ${problem ?? 'is paused'}: resume it`);
      }
      changed += Math.max(0, head - checkpoint);
      await projection.reach(head, SYNCHRONIZE_MS);
      onProgress?.({ done: place + 1, total: this.#projections.length });
    }
    for (const { name } of scope.kind === 'all' ? this.#parts.events.subscriptions() : []) {
      signal?.throwIfAborted();
      changed += await this.#parts.events.replayDeadLetters(name);
    }
    const checked = await this.#count(scope);
    const letters = this.#deadLetters(scope);
    const differences = letters.slice(0, MAX_DIFFERENCES).map(givenUp);
    return { action: 'synchronize', checked, changed, differences, differing: letters.length };
  }

  /** Those of the scope, a subscription after the other. */
  #deadLetters(scope: MaintenanceScope): readonly DeadEvent[] {
    const { events } = this.#parts;
    return events
      .subscriptions()
      .flatMap(({ name }) => events.deadLetters(name))
      .filter(({ organizationId, paymentId }) => {
        if (scope.kind === 'all') return true;
        if (scope.organizationId !== organizationId) return false;
        return scope.kind === 'organization' || scope.paymentId === paymentId;
      });
  }

  /** Merges and compacts the indexes in small steps, drops payments that the log does not know, and old answers. */
  async optimize(scope: MaintenanceScope, { onProgress, signal }: MaintenanceOptions): Promise<MaintenanceReport> {
    const { store, cache } = this.#parts;
    const differences: Difference[] = [];
    for (const [place, projection] of this.#projections.entries()) {
      for await (const wrong of orphans(store, projection, scope)) {
        await this.#mend(wrong);
        differences.push({ ...wrong.key, problem: wrong.problem });
      }
      while (!projection.view.compact(COMPACTION_STEPS)) {
        signal?.throwIfAborted();
        await breakFor();
      }
      onProgress?.({ done: place + 1, total: this.#projections.length });
    }
    cache.trim();
    const checked = await this.#count(scope);
    const changed = differences.length;
    return {
      action: 'optimize',
      checked,
      changed,
      differences: differences.slice(0, MAX_DIFFERENCES),
      differing: changed,
    };
  }

  async #mend({ key, projection }: Wrong): Promise<void> {
    for (;;) {
      const { checkpoint } = projection;
      const document = await projectedByLog(this.#parts.store, projection, key);
      if (checkpoint !== projection.checkpoint) continue;
      projection.mend(key, document);
      return;
    }
  }

  async #count(scope: MaintenanceScope): Promise<number> {
    let payments = 0;
    for await (const { version } of readLog(this.#parts.store, partOf(scope))) if (version === 1) payments += 1;
    return payments;
  }
}

function givenUp({ organizationId, paymentId, subscription, position, type, error }: DeadEvent): Difference {
  return { organizationId, paymentId, problem: `${subscription} gave up ${type} at position ${position}: ${error}` };
}
