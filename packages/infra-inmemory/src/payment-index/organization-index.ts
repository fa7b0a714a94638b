// What an index keeps of one organization: in columns and postings, or, while there are few payments, just those.

import {
  analyticsOf,
  everyPayment,
  matchesTokens,
  searchDocuments,
  statisticsOf,
  suggestFrom,
  textQueryOf,
  type Analytics,
  type PaymentAnalytics,
  type PaymentDocument,
  type PaymentStatistics,
  type SearchPayments,
  type SearchSource,
  type Statistics,
  type Suggestion,
  type SuggestPayments,
} from '@paystrata/application';
import { paymentStatuses, type PaymentId } from '@paystrata/domain';
import { compactionOf } from './compaction.ts';
import type { IndexLimits } from './limits.ts';
import { matchesOf } from './matching.ts';
import { Partition } from './partition.ts';
import { planOf } from './plan.ts';
import { statisticsOfPartition } from './range-statistics.ts';
import { searchPartition, type ExplainedPage } from './search.ts';
import { textsOf } from './texts.ts';

export interface OrganizationIndex {
  readonly size: number;
  get(id: PaymentId): PaymentDocument | null;
  /** @returns the document that was there before, null where there was none; undefined where that is not older. */
  apply(document: PaymentDocument): PaymentDocument | null | undefined;
  /** @returns the document that was there, null where there was none. */
  remove(id: PaymentId): PaymentDocument | null;
  search(query: SearchPayments, source: SearchSource): ExplainedPage;
  suggestions(query: SuggestPayments): readonly Suggestion[];
  statistics(query: PaymentStatistics): Statistics;
  analytics(query: PaymentAnalytics): Analytics;
  documents(): Iterable<PaymentDocument>;
  /** Small steps, between which anything may happen. */
  compaction(): Iterable<void>;
}

/** Payments that are looked at one by one: for so few that any index would take more memory than it saves time. */
export class FewPayments implements OrganizationIndex {
  readonly #documents = new Map<PaymentId, PaymentDocument>();

  get size(): number {
    return this.#documents.size;
  }

  get(id: PaymentId): PaymentDocument | null {
    return this.#documents.get(id) ?? null;
  }

  apply(document: PaymentDocument): PaymentDocument | null | undefined {
    const { id, version } = document.payment;
    const before = this.get(id);
    if (before !== null && before.payment.version >= version) return undefined;
    this.#documents.set(id, document);
    return before;
  }

  remove(id: PaymentId): PaymentDocument | null {
    const before = this.get(id);
    this.#documents.delete(id);
    return before;
  }

  search(query: SearchPayments, source: SearchSource): ExplainedPage {
    const page = searchDocuments(this.#withText(query.filter.text), query, source);
    return { page, explanation: { way: 'few', source: 'payments', visited: this.size } };
  }

  suggestions(query: SuggestPayments): readonly Suggestion[] {
    return suggestFrom(this.documents(), query);
  }

  statistics(query: PaymentStatistics): Statistics {
    return statisticsOf(this.documents(), query);
  }

  analytics(query: PaymentAnalytics): Analytics {
    return analyticsOf(this.documents(), query);
  }

  documents(): Iterable<PaymentDocument> {
    return this.#documents.values();
  }

  compaction(): Iterable<void> {
    return [];
  }

  /** Texts are taken apart the fast way first. */
  #withText(text: string | null): Iterable<PaymentDocument> {
    if (text === null) return this.documents();
    const query = textQueryOf(text);
    return this.#documents.values().filter(({ payment }) => matchesTokens(query, textsOf(payment).tokens));
  }
}

/** Payments in columns, runs and postings. */
export class ManyPayments implements OrganizationIndex {
  readonly partition: Partition;

  constructor(limits: IndexLimits) {
    this.partition = new Partition(limits);
  }

  get size(): number {
    return this.partition.size;
  }

  get(id: PaymentId): PaymentDocument | null {
    return this.partition.get(id);
  }

  apply(document: PaymentDocument): PaymentDocument | null | undefined {
    return this.partition.apply(document);
  }

  remove(id: PaymentId): PaymentDocument | null {
    return this.partition.remove(id);
  }

  search(query: SearchPayments, source: SearchSource): ExplainedPage {
    return searchPartition(this.partition, query, source);
  }

  suggestions(query: SuggestPayments): readonly Suggestion[] {
    return this.partition.texts.suggestions(query);
  }

  statistics(query: PaymentStatistics): Statistics {
    return statisticsOfPartition(this.partition, query);
  }

  analytics(query: PaymentAnalytics): Analytics {
    const plan = planOf(this.partition, query.filter);
    if (plan === null) return analyticsOf([], query);
    const { rows } = matchesOf(this.partition, plan, Infinity);
    const found = rows.values().map((row) => this.partition.columns.document(row));
    return analyticsOf(found, { ...query, filter: { ...everyPayment, statuses: paymentStatuses } });
  }

  documents(): Iterable<PaymentDocument> {
    return this.partition.columns.documents.values().filter((document) => document !== undefined);
  }

  compaction(): Iterable<void> {
    return compactionOf(this.partition);
  }
}
