// Finding all rows that a filter means, by whatever index leaves the fewest to look at.

import { paymentStatuses } from '@paystrata/domain';
import type { Bitset } from './bitset.ts';
import { lowestBit } from './bitset.ts';
import type { Partition } from './partition.ts';
import type { Plan } from './plan.ts';
import type { RunRange } from './ranges.ts';

export interface Matches {
  readonly rows: readonly number[];
  /** Whether these are all. */
  readonly complete: boolean;
  /** Where they were looked for. */
  readonly source: string;
  /** Rows that were looked at. */
  readonly visited: number;
}

/** Costs of looking at a row in the order of rows; elsewhere it is likely not in the processor's cache. */
const RANDOM = 4;
/** Words of bits for the cost of a row. */
const WORDS = 8;
const CHUNK = 512;

interface Source {
  readonly name: string;
  readonly cost: number;
  readonly rows: () => Iterable<ArrayLike<number>>;
}

/** The matching rows, in no order that may be relied on; stops once it has `limit` of them. */
export function matchesOf(partition: Partition, plan: Plan, limit: number): Matches {
  const source = cheapestSource(partition, plan);
  const rows: number[] = [];
  let visited = 0;
  for (const batch of source.rows()) {
    for (let at = 0; at < batch.length; at += 1) {
      const row = batch[at] ?? 0;
      if (!plan.filter.test(row)) continue;
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
  const { rows } = plan;
  if (rows !== null) return { name: 'postings', cost: rows.length * RANDOM, rows: () => [rows] };
  const count = partition.columns.rows;
  const sources: Source[] = [{ name: 'rows', cost: count, rows: () => allRows(count) }];
  for (const range of plan.ranges) {
    const cost = range.count * RANDOM;
    sources.push({ name: range.key, cost, rows: () => rowsInRange(partition, range) });
  }
  const groups = bitGroups(partition, plan);
  if (groups.length > 0) {
    const fewest = Math.min(...groups.map((group) => group.reduce((sum, bits) => sum + bits.count, 0)));
    const cost = fewest + ((count >>> 5) * groups.flat().length) / WORDS;
    sources.push({ name: 'bits', cost, rows: () => rowsInAll(groups, count) });
  }
  return sources.reduce((best, source) => (source.cost < best.cost ? source : best));
}

/** A match is in one set of every group. */
function bitGroups(partition: Partition, { filter, bits }: Plan): readonly (readonly Bitset[])[] {
  const groups: (readonly Bitset[])[] = bits.map((each) => [each]);
  const statuses = partition.statuses.filter((_, code) => ((filter.statusMask >>> code) & 1) === 1);
  if (statuses.length < paymentStatuses.length - 1) groups.push(statuses);
  const { currencies } = filter;
  if (currencies !== null) groups.push(partition.currencies.filter((_, code) => currencies[code] === 1));
  return groups;
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

/** The rows in one set of every group, chunk by chunk of words. */
function* rowsInAll(groups: readonly (readonly Bitset[])[], count: number): Generator<ArrayLike<number>> {
  const words = (count + 31) >>> 5;
  const common = new Uint32Array(CHUNK);
  const any = new Uint32Array(CHUNK);
  for (let start = 0; start < words; start += CHUNK) {
    const length = Math.min(CHUNK, words - start);
    common.fill(0xffffffff);
    for (const group of groups) {
      any.fill(0);
      for (const { words: from } of group) {
        for (let at = 0; at < length; at += 1) any[at] = (any[at] ?? 0) | (from[start + at] ?? 0);
      }
      for (let at = 0; at < length; at += 1) common[at] = (common[at] ?? 0) & (any[at] ?? 0);
    }
    const rows: number[] = [];
    for (let at = 0; at < length; at += 1) {
      for (let word = common[at] ?? 0; word !== 0; word &= word - 1) rows.push((start + at) * 32 + lowestBit(word));
    }
    yield rows;
  }
}
