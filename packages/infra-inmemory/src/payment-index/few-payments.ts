// An organization with few payments: they are looked at one by one, in less memory than an index would take.

import {
  analyticsOf,
  byCountThenText,
  foldText,
  isCounted,
  statisticsOf,
  suggestionFields,
  type Analytics,
  type PaymentAnalytics,
  type PaymentDocument,
  type PaymentStatistics,
  type SearchPayments,
  type SearchSource,
  type Statistics,
  type Suggestion,
  type SuggestionField,
  type SuggestPayments,
} from '@paystrata/application';
import type { Payment, PaymentId } from '@paystrata/domain';
import type { OrganizationIndex } from './organization-index.ts';
import { explainedPage, type ExplainedPage } from './explained-page.ts';
import { searchFew } from './few-search.ts';
import { fold, textsOf } from './texts.ts';

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
    return explainedPage(query, source, (after) => searchFew(this.documents(), query, after));
  }

  suggestions(query: SuggestPayments): readonly Suggestion[] {
    const prefix = foldText(query.prefix.trimStart());
    if (prefix === '') return [];
    const fields = query.field === null ? suggestionFields : [query.field];
    const found = fields.flatMap((field) => {
      const counts = new Map<string, number>();
      for (const { payment } of this.documents()) {
        for (const text of suggested(field, payment)) {
          if (fold(text).startsWith(prefix)) counts.set(text, (counts.get(text) ?? 0) + 1);
        }
      }
      return [...counts].map(([text, count]): Suggestion => ({ text, field, count }));
    });
    return found.sort(byCountThenText).slice(0, query.limit);
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

  /** There are no parts that could disagree. */
  faults(): Iterable<null> {
    return [];
  }
}

/** As `suggestionTexts`, of payments that are not deleted, the fast way. */
function suggested(field: SuggestionField, payment: Payment): readonly string[] {
  if (field === 'customer') return textsOf(payment).suggestedCustomers;
  if (field === 'description') return textsOf(payment).words;
  return payment.reference === null || !isCounted(payment) ? [] : [payment.reference];
}
