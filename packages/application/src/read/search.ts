// Searching payments one by one: slow and plain, the oracle for every index and engine.

import type { OrganizationId } from '@paystrata/domain';
import { PortFailure } from '../ports/failures.ts';
import { COUNT_CAP, type PaymentDocument, type SearchPage } from './answers.ts';
import { formatSearchCursor, parseSearchCursor, type SearchCursor } from './cursor.ts';
import { compileFilter } from './filter.ts';
import type { SearchPayments } from './queries.ts';
import { inDirection, placeOf, type SortPlace } from './sort.ts';

/** What answers a search: whose documents they are, and what they contain. */
export interface SearchSource {
  readonly organizationId: OrganizationId;
  readonly epoch: string;
  /** The documents contain the log up to here. */
  readonly position: number;
}

/**
 * One page of the payments that the filter finds. With the cursor of the page before, a payment that did not change
 * meanwhile is on one page exactly, whatever was added, changed or deleted.
 *
 * @throws PortFailure `CURSOR_INVALID`; `POSITION_UNKNOWN` for a cursor of another epoch; `POSITION_TIMEOUT` where the
 * documents are older than the first page was: wait for `cursorOf(…).position` first.
 */
export function searchDocuments(
  documents: Iterable<PaymentDocument>,
  query: SearchPayments,
  source: SearchSource,
): SearchPage {
  const cursor = cursorOf(query, source);
  if (cursor !== null && cursor.position > source.position) {
    throw new PortFailure('POSITION_TIMEOUT', 'the search is older than its first page was: try again');
  }
  const found = find(documents, query);
  const order = inDirection(query.sort);
  const rest = cursor === null ? found : found.filter(({ place }) => order(place, cursor.place) > 0);
  rest.sort((a, b) => order(a.place, b.place));
  const skipped = query.page === null ? 0 : (query.page - 1) * query.limit;
  const page = rest.slice(skipped, skipped + query.limit);
  const hasMore = rest.length > skipped + query.limit;
  const last = page.at(-1);
  return {
    payments: page.map(({ document }) => document),
    hasMore,
    next: hasMore && last !== undefined ? nextCursor(last.place, query, source, cursor) : null,
    total: { value: Math.min(found.length, COUNT_CAP), capped: found.length > COUNT_CAP },
  };
}

/**
 * The cursor of a search, checked; null where it has none.
 *
 * @throws PortFailure `CURSOR_INVALID`, or `POSITION_UNKNOWN` where it is of another epoch.
 */
export function cursorOf(query: SearchPayments, source: Omit<SearchSource, 'position'>): SearchCursor | null {
  if (query.cursor === null) return null;
  const { organizationId, epoch } = source;
  const cursor = parseSearchCursor(query.cursor, { organizationId, filter: query.filter, sort: query.sort });
  if (cursor.epoch !== epoch) {
    throw new PortFailure('POSITION_UNKNOWN', 'the cursor is of an earlier life of the log: start again without it');
  }
  return cursor;
}

/** The cursor of the page after `place`; it keeps what the first page contained. */
export function nextCursor(
  place: SortPlace,
  query: SearchPayments,
  { organizationId, epoch, position }: SearchSource,
  before: SearchCursor | null,
): string {
  const { filter, sort } = query;
  return formatSearchCursor({ place, epoch, position: before?.position ?? position }, { organizationId, filter, sort });
}

interface Found {
  readonly document: PaymentDocument;
  readonly place: SortPlace;
}

function find(documents: Iterable<PaymentDocument>, query: SearchPayments): Found[] {
  const isFound = compileFilter(query.filter);
  const found: Found[] = [];
  for (const document of documents) {
    if (isFound(document.payment)) found.push({ document, place: placeOf(document.payment, query.sort.by) });
  }
  return found;
}
