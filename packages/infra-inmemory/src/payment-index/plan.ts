// How a filter is answered: which rows can be meant at all, by every index that knows something about it.

import { textQueryOf, type PaymentFilter } from '@paystrata/application';
import type { Bitset } from './bitset.ts';
import type { Partition } from './partition.ts';
import { countOf, type Posting } from './posting.ts';
import { rangesOf, type RunRange } from './ranges.ts';
import { RowFilter } from './row-filter.ts';
import { intersect, unite, uniteToBits } from './row-lists.ts';
import { rowSetsOf, type RowSets } from './row-sets.ts';

export interface Plan {
  readonly filter: RowFilter;
  /** No other rows can match; null: no index keeps them in a list. */
  readonly rows: readonly number[] | null;
  /** What the filter says by sets of rows. */
  readonly sets: RowSets;
  /** Restrictions of times and amounts. */
  readonly ranges: readonly RunRange[];
  /** Whether status, currency and ranges are all there is to the filter. */
  readonly isPlain: boolean;
}

/** Null: nothing matches. */
export function planOf(partition: Partition, filter: PaymentFilter): Plan | null {
  const exact = exactPostings(partition, filter);
  if (exact === null) return null;
  const ranges = rangesOf(partition, filter);
  if (ranges.some(({ count }) => count === 0)) return null;
  const bits = exact.flatMap((posting) => (typeof posting === 'number' ? [] : (posting.bits ?? [])));
  const lists = exact.filter((posting) => typeof posting === 'number' || posting.bits === null);
  let rows = lists.length === 0 ? null : intersect(lists);
  const query = filter.text === null ? null : textQueryOf(filter.text);
  let tested = null;
  if (query !== null) {
    const prefix = prefixRows(partition, query.prefix, rows?.length ?? Infinity);
    if (prefix === null) return null;
    if (prefix === 'test') tested = query;
    else if (isBits(prefix)) bits.push(prefix);
    else rows = rows === null ? prefix : intersectRows(rows, prefix);
  }
  if (rows?.length === 0) return null;
  const rowFilter = new RowFilter(filter, partition.columns, bits, tested);
  if (rowFilter.currencies !== null && !rowFilter.currencies.includes(1)) return null;
  return {
    filter: rowFilter,
    rows,
    sets: rowSetsOf(partition, rowFilter),
    ranges,
    isPlain: filter.text === null && exact.length === 0,
  };
}

/** The postings of all that must be there exactly; null where one of them has no rows. */
function exactPostings({ texts }: Partition, filter: PaymentFilter): readonly Posting[] | null {
  const { reference, customer, userId, workflowId, resourceId, metadata, text } = filter;
  const postings: Posting[] = [];
  let missing = false;
  const need = (posting: Posting | undefined) => {
    if (posting === undefined) missing = true;
    else postings.push(posting);
  };
  if (reference !== null) need(texts.references.posting(reference));
  if (customer !== null) need(texts.customers.posting(customer));
  if (userId !== null) need(texts.users.posting(userId));
  if (workflowId !== null) need(texts.workflows.posting(workflowId));
  if (resourceId !== null) need(texts.resources.posting(resourceId));
  for (const [key, value] of Object.entries(metadata)) need(texts.metadata(key)?.posting(value));
  if (text !== null) {
    const query = textQueryOf(text);
    if (query === null) return null;
    for (const word of query.words) need(texts.tokens.posting(word));
  }
  return missing ? null : postings;
}

/** Candidates so few that looking at their texts is cheaper than putting postings together. */
const FEW = 64;

/** The rows with a token that begins so; `test`: look at the texts of the candidates. Null: there are none. */
function prefixRows(
  { texts, columns, limits }: Partition,
  prefix: string,
  candidates: number,
): readonly number[] | Bitset | 'test' | null {
  if (texts.prefixes.keeps(prefix)) return rowsOrBits(texts.prefixes.posting(prefix));
  const terms = texts.tokens.countPrefix(prefix);
  if (terms === 0) return null;
  if (terms > 1 && candidates <= FEW) return 'test';
  const postings = [...take(texts.tokens.postingsWithPrefix(prefix), limits.unionTerms + 1)];
  const [only] = postings;
  if (postings.length === 1) return rowsOrBits(only);
  const listed = postings.reduce((sum: number, posting) => sum + (hasBits(posting) ? Infinity : countOf(posting)), 0);
  if (postings.length <= limits.unionTerms && listed <= limits.gather) return unite(postings);
  texts.prefixes.watch(prefix, uniteToBits(texts.tokens.postingsWithPrefix(prefix)).rows(), columns.rows);
  return rowsOrBits(texts.prefixes.posting(prefix));
}

function rowsOrBits(posting: Posting | undefined): readonly number[] | Bitset | null {
  if (posting === undefined) return null;
  return hasBits(posting) ? posting.bits : intersect([posting]);
}

function hasBits(posting: Posting): posting is Exclude<Posting, number> & { readonly bits: Bitset } {
  return typeof posting !== 'number' && posting.bits !== null;
}

function isBits(rows: readonly number[] | Bitset): rows is Bitset {
  return !Array.isArray(rows);
}

function intersectRows(a: readonly number[], b: readonly number[]): readonly number[] {
  const others = new Set(b);
  return a.filter((row) => others.has(row));
}

function* take<Item>(items: Iterable<Item>, count: number): Generator<Item> {
  let taken = 0;
  for (const item of items) {
    if (taken === count) return;
    taken += 1;
    yield item;
  }
}
