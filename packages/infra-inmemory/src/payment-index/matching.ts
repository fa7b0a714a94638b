// Finding all rows that a filter means, by whatever index leaves the fewest to look at.

import type { Partition } from './partition.ts';
import type { Plan } from './plan.ts';
import type { RunRange } from './ranges.ts';
import { commonBits, rowsOfBits } from './row-sets.ts';

export interface Matches {
  readonly rows: readonly number[];
  /** Whether these are all. */
  readonly complete: boolean;
  /** Where they were looked for. */
  readonly source: string;
  /** Rows that were looked at. */
  readonly visited: number;
}

/** Costs of a row that is likely not in the processor's cache, beside those of the next row. */
const RANDOM = 4;
/** Words of bits for the cost of a row. */
const WORDS = 8;
/** Rows, or words, that are taken at a time. */
const CHUNK = 512;

interface Source {
  readonly name: string;
  readonly cost: number;
  readonly rows: () => Iterable<ArrayLike<number>>;
  readonly test: () => (row: number) => boolean;
}

/** The matching rows, in no order that may be relied on; stops once it has `limit` of them. */
export function matchesOf(partition: Partition, plan: Plan, limit: number): Matches {
  const source = cheapestSource(partition, plan);
  const isMatch = source.test();
  const rows: number[] = [];
  let visited = 0;
  for (const batch of source.rows()) {
    for (let at = 0; at < batch.length; at += 1) {
      const row = batch[at] ?? 0;
      if (!isMatch(row)) continue;
      rows.push(row);
      if (rows.length >= limit) return { rows, complete: false, source: source.name, visited: visited + at + 1 };
    }
    visited += batch.length;
  }
  return { rows, complete: true, source: source.name, visited };
}

/** About how many rows the best index leaves to look at, in costs of one row. */
export function matchingCost(partition: Partition, plan: Plan): number {
  return cheapestSource(partition, plan).cost;
}

function cheapestSource(partition: Partition, plan: Plan): Source {
  const { rows, filter, sets } = plan;
  const test = () => (row: number) => filter.test(row);
  if (rows !== null) return { name: 'postings', cost: rows.length * RANDOM, rows: () => [rows], test };
  const count = partition.columns.rows;
  const sources: Source[] = [{ name: 'rows', cost: count, rows: () => allRows(count), test }];
  const words = ((count >>> 5) * (sets.groups.flat().length + sets.none.length)) / WORDS;
  for (const range of plan.ranges) {
    const each = () => rowsInRange(partition, range);
    const cost = range.count * RANDOM;
    if (range.count < words) sources.push({ name: range.key, cost, rows: each, test });
    else sources.push({ name: range.key, cost: cost + words, rows: each, test: () => bySets(plan, count, range) });
  }
  if (sets.groups.length > 0) {
    const each = () => rowsOfBits(commonBits(sets, count), CHUNK);
    sources.push({ name: 'bits', cost: sets.fewest + words, rows: each, test: () => beyondSets(plan, null) });
  }
  return sources.reduce((best, source) => (source.cost < best.cost ? source : best));
}

/** One bit says what three columns would: it is more likely to be in the cache. */
function bySets(plan: Plan, count: number, range: RunRange): (row: number) => boolean {
  const bits = commonBits(plan.sets, count);
  const rest = beyondSets(plan, range);
  return (row) => (((bits[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1 && rest(row);
}

function beyondSets({ filter }: Plan, range: RunRange | null): (row: number) => boolean {
  const rest = filter.beyondSets(range === null ? null : range.key);
  return rest === null ? () => true : (row) => rest.test(row);
}

function* allRows(count: number): Generator<ArrayLike<number>> {
  for (let start = 0; start < count; start += CHUNK) {
    yield Int32Array.from({ length: Math.min(CHUNK, count - start) }, (_, at) => start + at);
  }
}

/** The rows of a range, run by run. */
export function* rowsInRange(partition: Partition, { key, start, end }: RunRange): Generator<ArrayLike<number>> {
  const { runs } = partition.runs[key];
  for (let { turn, offset } = start; turn <= end.turn && turn < runs.turns; turn += 1, offset = 0) {
    yield runs.itemsAt(turn).subarray(offset, turn === end.turn ? end.offset : runs.sizeAt(turn));
  }
}
