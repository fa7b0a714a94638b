// Completions of what somebody began to type, from what payments already say.

import type { Payment } from '@paystrata/domain';
import type { PaymentDocument, Suggestion } from './answers.ts';
import { compareCodePoints } from './code-point-order.ts';
import { suggestionFields, type SuggestionField, type SuggestPayments } from './queries.ts';
import { foldText, tokenize } from './text-tokens.ts';

/**
 * Names and email addresses of customers, references, and words of descriptions that begin with the prefix, case and
 * diacritics aside. Customers and references are shown as they are written, words of descriptions folded. Most payments
 * first, then by code point, then in the order of the fields. Deleted payments suggest nothing.
 */
export function suggestFrom(documents: Iterable<PaymentDocument>, query: SuggestPayments): readonly Suggestion[] {
  const prefix = foldText(query.prefix.trimStart());
  if (prefix === '') return [];
  const fields = query.field === null ? suggestionFields : [query.field];
  // An iterator of a map can be gone through once only, and there are three fields.
  const all = [...documents];
  return fields
    .flatMap((field) => countTexts(all, field, prefix))
    .sort(byCountThenText)
    .slice(0, query.limit);
}

/** What one payment offers for a field, each text once. */
export function suggestionTexts(payment: Payment, field: SuggestionField): ReadonlySet<string> {
  const { customer, description } = payment.personal;
  switch (field) {
    case 'customer':
      return new Set([customer?.name, customer?.email].filter((text) => typeof text === 'string'));
    case 'reference':
      return new Set(payment.reference === null ? [] : [payment.reference]);
    case 'description':
      return new Set(description === null ? [] : tokenize(description));
  }
}

/** The order of suggestions. */
export function byCountThenText(a: Suggestion, b: Suggestion): number {
  if (a.count !== b.count) return b.count - a.count;
  return compareCodePoints(a.text, b.text) || suggestionFields.indexOf(a.field) - suggestionFields.indexOf(b.field);
}

function countTexts(documents: Iterable<PaymentDocument>, field: SuggestionField, prefix: string): Suggestion[] {
  const counts = new Map<string, number>();
  for (const { payment } of documents) {
    if (payment.status === 'deleted') continue;
    for (const text of suggestionTexts(payment, field)) {
      if (foldText(text).startsWith(prefix)) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return [...counts].map(([text, count]) => ({ text, field, count }));
}
