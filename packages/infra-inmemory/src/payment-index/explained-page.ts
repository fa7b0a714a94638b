// What every search has in common, however its payments are found: the cursor before, the page, the cursor after.

import {
  COUNT_CAP,
  cursorOf,
  nextCursor,
  placeOf,
  PortFailure,
  type PaymentDocument,
  type SearchPage,
  type SearchPayments,
  type SearchSource,
  type SortPlace,
} from '@paystrata/application';

/** How a search was answered, for tests and for those who wonder. */
export interface SearchExplanation {
  /** `few`: all were looked at. `nothing`: no index knows a match. `gather`: all matches. `walk`: the sort order. */
  readonly way: 'few' | 'nothing' | 'gather' | 'walk';
  /** Which index said where to look for matches, or to count them. */
  readonly source: string;
  /** Rows that were looked at. */
  readonly visited: number;
}

export interface ExplainedPage {
  readonly page: SearchPage;
  readonly explanation: SearchExplanation;
}

export interface Found {
  /** Those of the page in their order, and one more where there is one. */
  readonly documents: readonly PaymentDocument[];
  /** Exact up to the cap, anything above it otherwise. */
  readonly total: number;
  readonly explanation: SearchExplanation;
}

/**
 * @param find is told after which place the page begins; null: at the beginning.
 * @throws PortFailure as `searchDocuments` does.
 */
export function explainedPage(
  query: SearchPayments,
  source: SearchSource,
  find: (after: SortPlace | null) => Found,
): ExplainedPage {
  const cursor = cursorOf(query, source);
  if (cursor !== null && cursor.position > source.position) {
    throw new PortFailure('POSITION_TIMEOUT', 'the search is older than its first page was: try again');
  }
  const { documents, total, explanation } = find(cursor?.place ?? null);
  const hasMore = documents.length > query.limit;
  const payments = hasMore ? documents.slice(0, query.limit) : documents;
  const last = payments.at(-1);
  const next = hasMore && last !== undefined ? placeOf(last.payment, query.sort.by) : null;
  const page: SearchPage = {
    payments,
    hasMore,
    next: next === null ? null : nextCursor(next, query, source, cursor),
    total: { value: Math.min(total, COUNT_CAP), capped: total > COUNT_CAP },
  };
  return { page, explanation };
}
