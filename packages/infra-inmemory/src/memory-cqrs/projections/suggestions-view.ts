// The projection of suggestions: every text that payments offer, counted, under its first letters.

import {
  byCountThenText,
  foldText,
  suggestionFields,
  suggestionTexts,
  type Suggestion,
  type SuggestionField,
  type SuggestPayments,
} from '@paystrata/application';
import type { OrganizationId, Payment } from '@paystrata/domain';
import { keepDocuments, type Tally } from './kept-documents.ts';
import type { View } from './view.ts';

/** UTF-16 units of the folded text that texts are kept under. */
const BEGINNING = 2;

export interface SuggestionsView extends View {
  /** Means what `suggestFrom` does over the same payments. */
  suggestions(organizationId: OrganizationId, query: SuggestPayments): readonly Suggestion[];
}

export function createSuggestionsView(): SuggestionsView {
  const kept = keepDocuments(() => new Texts());
  return {
    ...kept,
    suggestions: (organizationId, query) => kept.tally(organizationId)?.suggestions(query) ?? [],
  };
}

interface Text {
  readonly folded: string;
  count: number;
}

class Texts implements Tally {
  readonly #fields: Readonly<Record<SuggestionField, Map<string, Map<string, Text>>>> = {
    customer: new Map(),
    reference: new Map(),
    description: new Map(),
  };

  change(before: Payment | null, after: Payment | null): void {
    for (const field of suggestionFields) {
      const [gone, come] = [offered(before, field), offered(after, field)];
      for (const text of gone) if (!come.has(text)) this.#count(field, text, -1);
      for (const text of come) if (!gone.has(text)) this.#count(field, text, 1);
    }
  }

  suggestions(query: SuggestPayments): readonly Suggestion[] {
    const prefix = foldText(query.prefix.trimStart());
    if (prefix === '') return [];
    const fields = query.field === null ? suggestionFields : [query.field];
    return fields
      .flatMap((field) => this.#found(field, prefix))
      .sort(byCountThenText)
      .slice(0, query.limit);
  }

  #found(field: SuggestionField, prefix: string): readonly Suggestion[] {
    const found: Suggestion[] = [];
    for (const texts of this.#under(field, prefix)) {
      for (const [text, { folded, count }] of texts) {
        if (folded.startsWith(prefix)) found.push({ text, field, count });
      }
    }
    return found;
  }

  /** The texts that may begin with the prefix. */
  #under(field: SuggestionField, prefix: string): readonly ReadonlyMap<string, Text>[] {
    const beginnings = this.#fields[field];
    if (prefix.length < BEGINNING) {
      return [...beginnings].flatMap(([beginning, texts]) => (beginning.startsWith(prefix) ? [texts] : []));
    }
    const texts = beginnings.get(prefix.slice(0, BEGINNING));
    return texts === undefined ? [] : [texts];
  }

  #count(field: SuggestionField, text: string, by: 1 | -1): void {
    const folded = foldText(text);
    const beginning = folded.slice(0, BEGINNING);
    const beginnings = this.#fields[field];
    const texts = beginnings.get(beginning) ?? new Map<string, Text>();
    const known = texts.get(text);
    if (known === undefined) texts.set(text, { folded, count: by });
    else known.count += by;
    if (known?.count === 0) texts.delete(text);
    if (texts.size === 0) beginnings.delete(beginning);
    else beginnings.set(beginning, texts);
  }
}

const nothing: ReadonlySet<string> = new Set<string>();

function offered(payment: Payment | null, field: SuggestionField): ReadonlySet<string> {
  return payment === null || payment.status === 'deleted' ? nothing : suggestionTexts(payment, field);
}
