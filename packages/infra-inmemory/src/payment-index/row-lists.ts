// Lists of rows, ascending: what postings have in common, and what they have together.

import { Bitset } from './bitset.ts';
import { rowsOf, type Posting } from './posting.ts';

/** Rows of postings that are not bits, and of which all must have a row; the shortest first. */
export function intersect(postings: readonly Posting[]): readonly number[] {
  const lists = postings.map(rowsOf).sort((a, b) => a.length - b.length);
  const [first = [], ...others] = lists;
  let common: readonly number[] = first;
  for (const other of others) common = inBoth(common, other);
  return common;
}

/** The rows of any of the postings, each once. */
export function unite(postings: Iterable<Posting>): readonly number[] {
  const rows: number[] = [];
  for (const posting of postings) for (const row of rowsOf(posting)) rows.push(row);
  rows.sort((a, b) => a - b);
  return rows.filter((row, at) => row !== rows[at - 1]);
}

/** As `unite`, for many rows. */
export function uniteToBits(postings: Iterable<Posting>): Bitset {
  const all = new Bitset();
  for (const posting of postings) {
    if (typeof posting !== 'number' && posting.bits !== null) all.addAll(posting.bits);
    else for (const row of rowsOf(posting)) all.add(row);
  }
  return all;
}

/** Of two ascending lists, the first not the longer one: gallops through the other. */
function inBoth(few: readonly number[], many: readonly number[]): readonly number[] {
  const common: number[] = [];
  let at = 0;
  for (const row of few) {
    let step = 1;
    while ((many[at + step] ?? Infinity) < row) step *= 2;
    let [low, high] = [at, Math.min(at + step, many.length)];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((many[middle] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    at = low;
    if (many[at] === row) common.push(row);
  }
  return common;
}
