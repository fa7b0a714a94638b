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
  type PaymentKey,
} from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { sourceDocument } from '../ports/document-text.ts';
import type { PaymentSource, SourceDocument } from '../ports/source.ts';
import type { SourceRoute } from '../routing/write-routes.ts';
import { archivedDifferences, type ArchivedLog } from './compare-archive.ts';
import { compareOrganization, comparePayment, type ComparedRecord, type SourceDifference } from './compare-source.ts';
import { deadLettersIn, failureOf, type DeadLetterBox } from './dead-letters.ts';
import { pagesOf } from './record-documents.ts';

/** A source, and what is to be found in it. */
export interface MaintainedSource {
  readonly source: PaymentSource;
  readonly route: SourceRoute;
  readonly letters: DeadLetterBox;
}

export interface SourceMaintenanceOptions {
  readonly sources: readonly MaintainedSource[];
  readonly record: ComparedRecord & { readonly organizations: () => Promise<readonly OrganizationId[]> };
  /** What archives are compared with. */
  readonly log: ArchivedLog;
  readonly clock: Clock;
  /** Brings a source up to the log as it is now, also where this process does nothing in the background. */
  readonly catchUp: (source: PaymentSource, options: MaintenanceOptions) => Promise<void>;
}

const actions: readonly MaintenanceAction[] = ['verify', 'repair', 'rebuild', 'synchronize'];
const MAX_DIFFERENCES = 1000;

/**
 * - `verify` compares what each source has with SQL, by numbers and hashes of ranges, and one by one where they differ;
 *   and an archive with the log, event by event. Dead letters are differences as well.
 * - `repair` puts right what differs, and hands dead letters to the source once more; a source with damage that is not that of single payments is filled again.
 * - `synchronize` puts every document of the scope again.
 * - `rebuild` makes each source anew, whatever the scope: one that can fills a new copy first and answers meanwhile,
 *   others are emptied and filled from the log.
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

  async compare(maintained: MaintainedSource, isRepaired: boolean): Promise<void> {
    await this.#lookAtLetters(maintained, isRepaired);
    try {
      await this.#compareDocuments(maintained, isRepaired);
    } catch (error) {
      if (!isRepaired || !(error instanceof PortFailure) || error.code !== 'STORE_DAMAGED') throw error;
      this.#found(null, `${maintained.source.name} is filled again: ${error.message}`);
      await this.rebuild(maintained);
    }
    await this.#compareArchive(maintained, isRepaired);
  }

  async #compareDocuments({ source, route }: MaintainedSource, isRepaired: boolean): Promise<void> {
    const { record, clock } = this.#options;
    await this.#caughtUp(source);
    const how = { source, record, clock, signal: this.#how.signal, onCompared: (more: number) => this.#did(more) };
    for await (const difference of this.#differencesIn(how, route)) {
      const { organizationId, paymentId } = difference.key;
      this.#found({ organizationId, paymentId }, difference.problem);
      if (!isRepaired) continue;
      const refusal = await failureOf(() => this.#repair(source, difference));
      if (refusal !== null) this.#found({ organizationId, paymentId }, `${source.name} does not take it: ${refusal}`);
    }
  }

  async #compareArchive({ source, route }: MaintainedSource, isRepaired: boolean): Promise<void> {
    const { archive, name } = source;
    if (archive === null) return;
    const { log } = this.#options;
    const paymentId = this.#scope.kind === 'payment' ? this.#scope.paymentId : undefined;
    for (const organizationId of await this.#organizations(source, route)) {
      const part = { organizationId, paymentId };
      for await (const lacking of archivedDifferences({ archive, log, signal: this.#how.signal }, part)) {
        for (const event of lacking) this.#found(event, `the archive of ${name} lacks its event ${event.version}`);
        if (!isRepaired) continue;
        await archive.add(await log.texts(lacking));
        this.#changed += lacking.length;
      }
    }
  }

  /** One after the other: a later one of a payment waits for the earlier. */
  async #lookAtLetters({ source, letters }: MaintainedSource, isRepaired: boolean): Promise<void> {
    for await (const { key, position, error } of deadLettersIn(letters, this.#scope)) {
      const problem = isRepaired ? await failureOf(() => letters.replay(position)) : error;
      this.#found(key, `${source.name} refused the event at position ${position}: ${problem ?? error}`);
      if (problem === null) this.#changed += 1;
    }
  }

  async synchronize({ source, route }: MaintainedSource): Promise<void> {
    const { record } = this.#options;
    const { signal } = this.#how;
    await this.#caughtUp(source);
    if (this.#scope.kind === 'payment') {
      const document = route.covers(this.#scope.organizationId) ? await record.document(this.#scope) : null;
      if (document !== null) await this.#put(source, [document]);
      return;
    }
    for (const organizationId of await this.#organizations(source, route)) {
      for await (const page of pagesOf(record, organizationId, signal)) await this.#put(source, page);
    }
  }

  async rebuild({ source, route }: MaintainedSource): Promise<void> {
    if (source.renew === undefined || !route.isWhole) await source.clear();
    else await source.renew((put) => this.#fill(put, route));
    await this.#caughtUp(source);
    for (const organizationId of await source.organizations()) {
      const { count } = await source.digest({ organizationId, from: null, to: null });
      this.#checked += count;
      this.#changed += count;
    }
  }

  /** @returns the position that all of it is as of, or newer */
  async #fill(put: (documents: readonly SourceDocument[]) => Promise<void>, route: SourceRoute): Promise<number> {
    const { record } = this.#options;
    const position = await record.head();
    let done = 0;
    for (const organizationId of await record.organizations()) {
      if (!route.covers(organizationId)) continue;
      for await (const page of pagesOf(record, organizationId, this.#how.signal)) {
        await put(page.map(sourceDocument));
        this.#how.onProgress?.({ done: (done += page.length), total: null });
      }
    }
    return position;
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
    await source.put(documents.map(sourceDocument));
    this.#changed += documents.length;
    this.#did(documents.length);
  }

  #did(more: number): void {
    this.#checked += more;
    this.#how.onProgress?.({ done: this.#checked, total: null });
  }

  #found(key: PaymentKey | null, problem: string): void {
    this.#differing += 1;
    if (this.#differences.length >= MAX_DIFFERENCES) return;
    this.#differences.push({ organizationId: key?.organizationId ?? null, paymentId: key?.paymentId ?? null, problem });
  }
}
