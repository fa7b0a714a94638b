// One page of a search: the same pages, totals and cursors as `searchDocuments` gives over all documents.

import {
  COUNT_CAP,
  nextCursor,
  placeOf,
  type PaymentDocument,
  type SearchCursor,
  type SearchPage,
  type SearchPayments,
  type SearchSource,
  type Sort,
  type SortPlace,
} from '@paystrata/application';
import { z } from 'zod';
import { decodeDocument } from '../ports/document-text.ts';
import { amountDigits } from './amount-fields.ts';
import { filterClause } from './payment-filter.ts';
import { readReply } from './search-client.ts';

/** Asks one index; null: the index is gone. */
export type AskIndex = (body: object) => Promise<unknown>;

/** As far as an engine goes into a result by numbers. */
const DEEPEST = 10_000;

const emptyPage: SearchPage = { payments: [], hasMore: false, next: null, total: { value: 0, capped: false } };

export interface PageRequest {
  readonly query: SearchPayments;
  readonly cursor: SearchCursor | null;
  readonly source: Omit<SearchSource, 'position'>;
  /** What the engine may show by now, asked after the search: no later page may be older. */
  readonly newest: () => Promise<number>;
}

/** @returns null where this engine cannot tell. */
export async function searchPage(
  ask: AskIndex,
  { query, cursor, source, newest }: PageRequest,
): Promise<SearchPage | null> {
  const clause = filterClause(source.organizationId, query.filter);
  if (clause === null) return emptyPage;
  const from = query.page === null ? 0 : (query.page - 1) * query.limit;
  if (from + query.limit + 1 > DEEPEST) return null;
  const reply = await ask({
    query: clause,
    from,
    size: query.limit + 1,
    track_total_hits: COUNT_CAP + 1,
    sort: orderOf(query.sort),
    ...(cursor !== null && { search_after: valuesOf(cursor.place, query.sort.by) }),
    _source: ['text'],
  });
  if (reply === null) return null;
  const { total, hits } = readReply(hitsSchema, reply).hits;
  const found = hits.map((hit) => decodeDocument(hit._source.text));
  const documents = found.filter((document): document is PaymentDocument => document !== null);
  if (documents.length < found.length) return null;
  const payments = documents.slice(0, query.limit);
  const hasMore = documents.length > query.limit;
  const last = payments.at(-1);
  const place = hasMore && last !== undefined ? placeOf(last.payment, query.sort.by) : null;
  const next =
    place === null
      ? null
      : nextCursor(place, query, { ...source, position: cursor?.position ?? (await newest()) }, cursor);
  return {
    payments,
    hasMore,
    next,
    total: { value: Math.min(total.value, COUNT_CAP), capped: total.value > COUNT_CAP },
  };
}

const hitsSchema = z.object({
  hits: z.object({
    total: z.object({ value: z.int() }),
    hits: z.array(z.object({ _source: z.object({ text: z.string() }) })),
  }),
});

const fields: Readonly<Record<Sort['by'], readonly string[]>> = {
  created: ['created', 'id'],
  updated: ['updated', 'id'],
  amount: ['amount', 'currency', 'id'],
  status: ['status', 'id'],
};

function orderOf({ by, descending }: Sort): readonly object[] {
  return fields[by].map((field) => ({ [field]: descending ? 'desc' : 'asc' }));
}

function valuesOf({ number, text, id }: SortPlace, by: Sort['by']): readonly (string | number)[] {
  switch (by) {
    case 'created':
    case 'updated':
      return [Number(number), id];
    case 'amount':
      return [amountDigits(BigInt(number)), text, id];
    case 'status':
      return [text, id];
  }
}
