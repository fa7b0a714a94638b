// Completions from the terms of the index, counted by the engine, in our order.

import {
  byCountThenText,
  foldText,
  suggestionFields,
  type SuggestPayments,
  type Suggestion,
  type SuggestionField,
} from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { z } from 'zod';
import { allOf, notDeleted } from './payment-filter.ts';
import { suggestedText, suggestionStart } from './payment-mapping.ts';
import { readReply } from './search-client.ts';
import type { AskIndex } from './search-page.ts';

/** Terms of a field that are asked for, and asked for again where equal counts go on behind them. */
const SIZES = [1000, 8000, 60_000] as const;
/** What engines take as a pattern. */
const LONGEST_PATTERN = 1000;

/** @returns the same as `suggestFrom`; null where this engine cannot tell. */
export async function engineSuggestions(
  ask: AskIndex,
  organization: OrganizationId,
  query: SuggestPayments,
): Promise<readonly Suggestion[] | null> {
  const prefix = foldText(query.prefix.trimStart());
  if (prefix === '') return [];
  const found: Suggestion[] = [];
  for (const field of query.field === null ? suggestionFields : [query.field]) {
    const some = await suggestionsOf(ask, organization, field, prefix, query.limit);
    if (some === null) return null;
    found.push(...some);
  }
  return found.sort(byCountThenText).slice(0, query.limit);
}

async function suggestionsOf(
  ask: AskIndex,
  organization: OrganizationId,
  field: SuggestionField,
  prefix: string,
  limit: number,
): Promise<readonly Suggestion[] | null> {
  const start = suggestionStart(field, prefix);
  // Without the brackets OpenSearch before 3.3 fails where no term begins so (opensearch-project/OpenSearch#19636).
  const include = `${literal(start)}(.*)`;
  if (include.length > LONGEST_PATTERN) return null;
  for (const size of SIZES) {
    const reply = await ask({
      query: allOf(organization, [notDeleted, { prefix: { suggestions: start } }]),
      size: 0,
      track_total_hits: false,
      aggs: { texts: { terms: { field: 'suggestions', include, size } } },
    });
    if (reply === null) return null;
    const { buckets } = readReply(replySchema, reply).aggregations.texts;
    // The engine orders equal counts by the folded text: of those at the end of what is asked for, all must be here.
    const isWhole = buckets.length < size || (buckets.at(-1)?.doc_count ?? 0) < (buckets[limit - 1]?.doc_count ?? 0);
    if (isWhole) {
      const all = buckets.map(({ key, doc_count: count }) => ({ text: suggestedText(key), field, count }));
      return all.sort(byCountThenText).slice(0, limit);
    }
  }
  return null;
}

const replySchema = z.object({
  aggregations: z.object({
    texts: z.object({ buckets: z.array(z.object({ key: z.string(), doc_count: z.int() })) }),
  }),
});

/** A text as a pattern that matches it alone. */
function literal(text: string): string {
  return text.replaceAll(/[.?+*|{}[\]()"\\#@&<>~^$\-,=!:/]/g, (character) => `\\${character}`);
}
