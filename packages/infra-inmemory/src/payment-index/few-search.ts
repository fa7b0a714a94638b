// What a search finds among few payments, looked at one by one: nothing is made or sorted that is not on the page.

import {
  compareCodePoints,
  compileFilter,
  inDirection,
  matchesTokens,
  placeOf,
  textQueryOf,
  type PaymentDocument,
  type PaymentFilter,
  type SearchPayments,
  type SortKey,
  type SortPlace,
} from '@paystrata/application';
import type { Payment } from '@paystrata/domain';
import type { Found } from './explained-page.ts';
import { rowsOfPage } from './first-rows.ts';
import { textsOf } from './texts.ts';

/** @returns the same as `searchDocuments` over the documents would put on the page. */
export function searchFew(
  documents: Iterable<PaymentDocument>,
  { filter, sort, limit, page }: SearchPayments,
  after: SortPlace | null,
): Found {
  const isFound = testOf(filter);
  const found: PaymentDocument[] = [];
  let visited = 0;
  for (const document of documents) {
    visited += 1;
    if (isFound(document.payment)) found.push(document);
  }
  const ascending = orderBy(sort.by);
  const order = (a: PaymentDocument, b: PaymentDocument) =>
    sort.descending ? ascending(b.payment, a.payment) : ascending(a.payment, b.payment);
  const compare = inDirection(sort);
  const rest = after === null ? found : found.filter(({ payment }) => compare(placeOf(payment, sort.by), after) > 0);
  const skip = page === null ? 0 : (page - 1) * limit;
  const total = found.length;
  const onPage = rowsOfPage(rest, order, skip, limit + 1);
  return { documents: onPage, total, explanation: { way: 'few', source: 'payments', visited } };
}

/** Texts are taken apart the fast way, and only those of payments that pass all else. */
function testOf(filter: PaymentFilter): (payment: Payment) => boolean {
  if (filter.text === null) return compileFilter(filter);
  const isFound = compileFilter({ ...filter, text: null });
  const query = textQueryOf(filter.text);
  return (payment) => isFound(payment) && matchesTokens(query, textsOf(payment).tokens);
}

/** As `comparePlaces`, without making places. */
function orderBy(key: SortKey): (a: Payment, b: Payment) => number {
  switch (key) {
    case 'created':
      return (a, b) => a.createdAt - b.createdAt || compareTexts(a.id, b.id);
    case 'updated':
      return (a, b) => a.updatedAt - b.updatedAt || compareTexts(a.id, b.id);
    case 'amount':
      return (a, b) =>
        compareAmounts(a.amount.amount, b.amount.amount) ||
        compareCodePoints(a.amount.currency, b.amount.currency) ||
        compareTexts(a.id, b.id);
    case 'status':
      return (a, b) => compareTexts(a.status, b.status) || compareTexts(a.id, b.id);
  }
}

function compareAmounts(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}

/** Ids and statuses are ASCII: units and code points stand in the same order. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
