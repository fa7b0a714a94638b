// Maintenance of the sources beside SQL: compared with it, put right, filled again, while all of them serve.

import {
  capabilityMissing,
  compareCodePoints,
  PortFailure,
  type Clock,
  type Difference,
  type Maintenance,
  type MaintenanceAction,
  type MaintenanceOptions,
  type MaintenanceReport,
  type MaintenanceScope,
  type PaymentDocument,
} from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { sourceDocument } from '../ports/document-text.ts';
import type { PaymentSource } from '../ports/source.ts';
import type { SourceRoute } from '../routing/write-routes.ts';
import { compareOrganization, comparePayment, type ComparedRecord, type SourceDifference } from './compare-source.ts';

/** A source, and what is to be found in it. */
export interface MaintainedSource {
  readonly source: PaymentSource;
  readonly route: SourceRoute;
}

export interface SourceMaintenanceOptions {
  readonly sources: readonly MaintainedSource[];
  readonly record: ComparedRecord & { readonly organizations: () => Promise<readonly OrganizationId[]> };
  readonly clock: Clock;
  /** Brings a source up to the log as it is now, also where this process does nothing in the background. */
  readonly catchUp: (source: PaymentSource, options: MaintenanceOptions) => Promise<void>;
}

const actions: readonly MaintenanceAction[] = ['verify', 'repair', 'rebuild', 'synchronize'];
const MAX_DIFFERENCES = 1000;
/** Documents that are put at a time. */
const PUT = 500;

/**
 * - `verify` compares what each source has with SQL, by numbers and hashes of ranges, and one by one where they differ.
 * - `repair` puts right what differs.
 * - `synchronize` puts every document of the scope again.
 * - `rebuild` empties each source and fills it from the log, whatever the scope; others answer meanwhile.
 *
 * A source that does not answer is reported as a difference of its own; the others are looked at all the same.
 */
export function createSourceMaintenance(options: SourceMaintenanceOptions): Maintenance {
  return {
    actions,
    run: async (action, scope, how = {}) => {
      how.signal?.throwIfAborted();
      const work = new SourceWork(options, scope, how);
      if (action === 'verify') return work.report(action, (each) => work.compare(each, false));
      if (action === 'repair') return work.report(action, (each) => work.compare(each, true));
      if (action === 'synchronize') return work.report(action, (each) => work.synchronize(each));
      if (action === 'rebuild') return work.report(action, (each) => work.rebuild(each));
      throw capabilityMissing('the sources', action, actions);
    },
  };
}

class SourceWork {
  readonly #options: SourceMaintenanceOptions;
  readonly #scope: MaintenanceScope;
  readonly #how: MaintenanceOptions;
  readonly #differences: Difference[] = [];
  #differing = 0;
  #changed = 0;
  #checked = 0;

  constructor(options: SourceMaintenanceOptions, scope: MaintenanceScope, how: MaintenanceOptions) {
    this.#options = options;
    this.#scope = scope;
    this.#how = how;
  }

  async report(
    action: MaintenanceAction,
    each: (maintained: MaintainedSource) => Promise<void>,
  ): Promise<MaintenanceReport> {
    let checked = 0;
    for (const maintained of this.#options.sources) {
      this.#checked = 0;
      try {
        await each(maintained);
      } catch (error) {
        if (!(error instanceof PortFailure)) throw error;
        this.#found(null, `${maintained.source.name} could not be looked at: ${error.message}`);
      }
      checked = Math.max(checked, this.#checked);
    }
    const { onProgress } = this.#how;
    onProgress?.({ done: checked, total: checked });
    return {
      ...{ action, checked, changed: this.#changed },
      ...{ differences: this.#differences, differing: this.#differing },
    };
  }

  async compare({ source, route }: MaintainedSource, isRepaired: boolean): Promise<void> {
    const { record, clock } = this.#options;
    await this.#caughtUp(source);
    const how = { source, record, clock, signal: this.#how.signal, onCompared: (more: number) => this.#did(more) };
    for await (const difference of this.#differencesIn(how, route)) {
      const { organizationId, paymentId } = difference.key;
      this.#found({ organizationId, paymentId }, difference.problem);
      if (isRepaired) await this.#repair(source, difference);
    }
  }

  async synchronize({ source, route }: MaintainedSource): Promise<void> {
    const { record } = this.#options;
    await this.#caughtUp(source);
    if (this.#scope.kind === 'payment') {
      const document = route.covers(this.#scope.organizationId) ? await record.document(this.#scope) : null;
      if (document !== null) await this.#put(source, [document]);
      return;
    }
    for (const organizationId of await this.#organizations(source, route)) {
      for (let page = await record.documents(organizationId, null, PUT); ;) {
        await this.#put(source, page);
        const last = page.at(-1);
        if (page.length < PUT || last === undefined) break;
        page = (await record.documents(organizationId, last.payment.id, PUT + 1)).slice(1);
      }
    }
  }

  async rebuild({ source }: MaintainedSource): Promise<void> {
    await source.clear();
    await this.#caughtUp(source);
    for (const organizationId of await source.organizations()) {
      const { count } = await source.digest({ organizationId, from: null, to: null });
      this.#checked += count;
      this.#changed += count;
    }
  }

  #caughtUp(source: PaymentSource): Promise<void> {
    return this.#options.catchUp(source, this.#how);
  }

  async *#differencesIn(
    how: Parameters<typeof compareOrganization>[0],
    route: SourceRoute,
  ): AsyncGenerator<SourceDifference> {
    const scope = this.#scope;
    if (scope.kind === 'payment') {
      const { organizationId, paymentId } = scope;
      const difference = route.covers(organizationId) ? await comparePayment(how, { organizationId, paymentId }) : null;
      this.#did(1);
      if (difference !== null) yield difference;
      return;
    }
    for (const organizationId of await this.#organizations(how.source, route)) {
      yield* compareOrganization(how, organizationId);
    }
  }

  /** Those that only the source knows as well. */
  async #organizations(source: PaymentSource, route: SourceRoute): Promise<readonly OrganizationId[]> {
    const scope = this.#scope;
    if (scope.kind !== 'all') return route.covers(scope.organizationId) ? [scope.organizationId] : [];
    const all = new Set([...(await this.#options.record.organizations()), ...(await source.organizations())]);
    return [...all].filter((each) => route.covers(each)).sort(compareCodePoints);
  }

  async #repair(source: PaymentSource, { key, expected, isAhead }: SourceDifference): Promise<void> {
    if (expected === null || isAhead) await source.remove([key]);
    if (expected !== null) await source.put([expected]);
    this.#changed += 1;
  }

  async #put(source: PaymentSource, documents: readonly PaymentDocument[]): Promise<void> {
    this.#how.signal?.throwIfAborted();
    await source.put(documents.map(sourceDocument));
    this.#changed += documents.length;
    this.#did(documents.length);
  }

  #did(more: number): void {
    this.#checked += more;
    this.#how.onProgress?.({ done: this.#checked, total: null });
  }

  #found(key: { organizationId: OrganizationId; paymentId: Difference['paymentId'] } | null, problem: string): void {
    this.#differing += 1;
    if (this.#differences.length >= MAX_DIFFERENCES) return;
    this.#differences.push({ organizationId: key?.organizationId ?? null, paymentId: key?.paymentId ?? null, problem });
  }
}
