// What an index keeps of one organization, whichever way: it answers all but the questions across organizations.

import type {
  Analytics,
  PaymentAnalytics,
  PaymentDocument,
  PaymentStatistics,
  SearchPayments,
  SearchSource,
  Statistics,
  Suggestion,
  SuggestPayments,
} from '@paystrata/application';
import type { PaymentId } from '@paystrata/domain';
import type { ExplainedPage } from './explained-page.ts';
import type { PartFault } from './self-check.ts';

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
  /** Small steps of looking for parts that disagree, null where nothing was found. */
  faults(): Iterable<PartFault | null>;
}
