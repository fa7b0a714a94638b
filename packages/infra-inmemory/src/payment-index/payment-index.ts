// The index of payments in memory: answers every question of a read model without looking at each payment.

import {
  compareCodePoints,
  type Analytics,
  type PaymentAnalytics,
  type PaymentDocument,
  type PaymentKey,
  type PaymentStatistics,
  type SearchPage,
  type SearchPayments,
  type SearchSource,
  type Statistics,
  type Suggestion,
  type SuggestPayments,
} from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { Awaiting } from './awaiting.ts';
import { defaultLimits, type IndexLimits } from './limits.ts';
import { memoryOf, type IndexMemory } from './memory.ts';
import { FewPayments } from './few-payments.ts';
import { ManyPayments } from './many-payments.ts';
import type { OrganizationIndex } from './organization-index.ts';
import type { SearchExplanation } from './explained-page.ts';
import type { PartFault } from './self-check.ts';

/** How an index is cut; all have defaults. */
export type PaymentIndexOptions = Partial<IndexLimits>;

/**
 * Payments and all that is needed to find them, kept apart by organization. Every method answers at once, from what was
 * applied until then; the meaning of each is that of the pure functions of the application over the same documents
 * (`searchDocuments`, `suggestFrom`, `statisticsOf`, `analyticsOf`).
 *
 * Documents are kept as they are given: whoever gives them must not change them any more.
 */
export interface PaymentIndex {
  /** Inserts, or replaces a lower version. @returns false where it has this version or a higher one: nothing changed. */
  apply(document: PaymentDocument): boolean;
  /** Forgets a payment altogether; one that was deleted stays, as a newer version. @returns whether it was there. */
  remove(key: PaymentKey): boolean;
  get(key: PaymentKey): PaymentDocument | null;
  /** @throws PortFailure `CURSOR_INVALID`, `POSITION_UNKNOWN`, `POSITION_TIMEOUT`: see `searchDocuments`. */
  search(query: SearchPayments, source: SearchSource): SearchPage;
  /** How a search is answered, and how many rows it looks at. */
  explain(query: SearchPayments, source: SearchSource): SearchExplanation;
  suggestions(organizationId: OrganizationId, query: SuggestPayments): readonly Suggestion[];
  /** Totals cost the same whatever the number of payments; ranges grow with a five-hundredth of it. */
  statistics(organizationId: OrganizationId, query: PaymentStatistics): Statistics;
  /**
   * Money and counts of a range of creation cost as statistics do, for each bucket; customers, failures and durations a
   * few numbers in columns for each payment that is found. @throws InvalidMessage for more than 1,000 buckets.
   */
  analytics(organizationId: OrganizationId, query: PaymentAnalytics): Analytics;
  /** Payments of all organizations that wait for the gateway, in the order of the keys, after the given one. */
  awaitingGateway(after: PaymentKey | null, limit: number): readonly PaymentKey[];
  /** In no order that may be relied on; must be read before anything else is applied. */
  documents(organizationId: OrganizationId): Iterable<PaymentDocument>;
  /** In the order of code points. */
  organizations(): readonly OrganizationId[];
  /** Payments of one organization, or of all. */
  size(organizationId?: OrganizationId): number;
  /**
   * Merges sparse runs and gives back reserved memory. Goes on where the last call stopped, and may be called between
   * any two other calls.
   *
   * @param steps small steps to do at most, each well below a millisecond; all without it.
   * @returns whether everything was compacted.
   */
  compact(steps?: number): boolean;
  /**
   * Looks for parts of the index that disagree: a payment that is not found by what it says, or by what it does not say,
   * orders and sums that are wrong. Goes on in small steps, null where one found nothing; anything may be changed between
   * two of them. There should be none: `rebuild` is what helps.
   */
  faults(organizationId: OrganizationId): Iterable<PartFault | null>;
  /** Forgets everything and takes in the documents. @returns how many payments there are. */
  rebuild(documents: Iterable<PaymentDocument>): number;
  memory(): IndexMemory;
}

/** An index without payments. */
export function createPaymentIndex(options: PaymentIndexOptions = {}): PaymentIndex {
  return new MemoryPaymentIndex({ ...defaultLimits, ...options });
}

class MemoryPaymentIndex implements PaymentIndex {
  readonly #limits: IndexLimits;
  #organizations = new Map<OrganizationId, OrganizationIndex>();
  #awaiting = new Awaiting();
  #compaction: Generator<void> | null = null;

  constructor(limits: IndexLimits) {
    this.#limits = limits;
  }

  apply(document: PaymentDocument): boolean {
    const { payment } = document;
    const before = this.#withRoom(payment.organizationId).apply(Object.freeze(document));
    if (before === undefined) return false;
    if (before === null || before.payment.attempts !== payment.attempts || before.payment.refunds !== payment.refunds) {
      this.#awaiting.update(payment);
    }
    return true;
  }

  remove(key: PaymentKey): boolean {
    const organization = this.#organizations.get(key.organizationId);
    if (organization === undefined || organization.remove(key.paymentId) === null) return false;
    if (organization.size === 0) this.#organizations.delete(key.organizationId);
    this.#awaiting.remove(key);
    return true;
  }

  get({ organizationId, paymentId }: PaymentKey): PaymentDocument | null {
    return this.#organizations.get(organizationId)?.get(paymentId) ?? null;
  }

  search(query: SearchPayments, source: SearchSource): SearchPage {
    return this.#of(source.organizationId).search(query, source).page;
  }

  explain(query: SearchPayments, source: SearchSource): SearchExplanation {
    return this.#of(source.organizationId).search(query, source).explanation;
  }

  suggestions(organizationId: OrganizationId, query: SuggestPayments): readonly Suggestion[] {
    return this.#of(organizationId).suggestions(query);
  }

  statistics(organizationId: OrganizationId, query: PaymentStatistics): Statistics {
    return this.#of(organizationId).statistics(query);
  }

  analytics(organizationId: OrganizationId, query: PaymentAnalytics): Analytics {
    return this.#of(organizationId).analytics(query);
  }

  awaitingGateway(after: PaymentKey | null, limit: number): readonly PaymentKey[] {
    return this.#awaiting.after(after, limit);
  }

  documents(organizationId: OrganizationId): Iterable<PaymentDocument> {
    return this.#of(organizationId).documents();
  }

  organizations(): readonly OrganizationId[] {
    return [...this.#organizations.keys()].sort(compareCodePoints);
  }

  size(organizationId?: OrganizationId): number {
    if (organizationId !== undefined) return this.#of(organizationId).size;
    return this.#organizations.values().reduce((sum, { size }) => sum + size, 0);
  }

  compact(steps: number = Infinity): boolean {
    this.#compaction ??= this.#compactAll();
    for (let step = 0; step < steps; step += 1) {
      if (this.#compaction.next().done !== true) continue;
      this.#compaction = null;
      return true;
    }
    return false;
  }

  faults(organizationId: OrganizationId): Iterable<PartFault | null> {
    return this.#of(organizationId).faults();
  }

  rebuild(documents: Iterable<PaymentDocument>): number {
    this.#organizations = new Map<OrganizationId, OrganizationIndex>();
    this.#awaiting = new Awaiting();
    this.#compaction = null;
    for (const document of documents) this.apply(document);
    return this.size();
  }

  memory(): IndexMemory {
    return memoryOf(this.#organizations.values());
  }

  #of(organizationId: OrganizationId): OrganizationIndex {
    return this.#organizations.get(organizationId) ?? new FewPayments();
  }

  /** Where one more payment may be put: what were few are indexed before they are many. */
  #withRoom(organizationId: OrganizationId): OrganizationIndex {
    const before = this.#organizations.get(organizationId);
    const { few } = this.#limits;
    if (before !== undefined && (before instanceof ManyPayments || before.size < few)) return before;
    const after = few === 0 || before !== undefined ? new ManyPayments(this.#limits) : new FewPayments();
    for (const document of before?.documents() ?? []) after.apply(document);
    this.#organizations.set(organizationId, after);
    return after;
  }

  *#compactAll(): Generator<void> {
    for (const organization of this.#organizations.values()) yield* organization.compaction();
  }
}
