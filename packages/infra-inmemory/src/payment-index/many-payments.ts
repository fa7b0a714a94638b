// An organization with many payments: in columns, runs and postings.

import {
  analyticsOf,
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
import type { PaymentId } from '@paystrata/domain';
import { analyticsOfPartition } from './analytics/partition-analytics.ts';
import { compactionOf } from './compaction.ts';
import type { ExplainedPage } from './explained-page.ts';
import type { IndexLimits } from './limits.ts';
import type { OrganizationIndex } from './organization-index.ts';
import { Partition } from './partition.ts';
import { statisticsOfPartition } from './range-statistics.ts';
import { searchPartition } from './search.ts';
import { faultsOf, type PartFault } from './self-check.ts';

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
    if (!query.filter.statuses.includes('deleted')) return analyticsOfPartition(this.partition, query);
    return analyticsOf(this.documents(), query);
  }

  documents(): Iterable<PaymentDocument> {
    return this.partition.columns.documents.values().filter((document) => document !== undefined);
  }

  compaction(): Iterable<void> {
    return compactionOf(this.partition);
  }

  faults(): Iterable<PartFault | null> {
    return faultsOf(this.partition);
  }
}
