// What a filter says by sets of rows: statuses, currencies, and postings that are bits, put together word by word.

import { paymentStatuses } from '@paystrata/domain';
import { bitsIn, lowestBit, type Bitset } from './bitset.ts';
import type { Partition } from './partition.ts';
import type { RowFilter } from './row-filter.ts';

export interface RowSets {
  /** A match is in one set of every group. */
  readonly groups: readonly (readonly Bitset[])[];
  /** A match is in none of these. */
  readonly none: readonly Bitset[];
  /** Rows that the smallest group leaves. */
  readonly fewest: number;
}

export function rowSetsOf({ statuses, currencies, columns }: Partition, filter: RowFilter): RowSets {
  const groups: (readonly Bitset[])[] = filter.bits.map((bits) => [bits]);
  const isWanted = (_: Bitset, code: number) => ((filter.statusMask >>> code) & 1) === 1;
  const wanted = statuses.filter(isWanted);
  const few = wanted.length * 2 <= paymentStatuses.length;
  if (few) groups.push(wanted);
  const none = few ? [] : statuses.filter((bits, code) => bits.count > 0 && !isWanted(bits, code));
  const codes = filter.currencies;
  if (codes !== null) groups.push(currencies.filter((_, code) => codes[code] === 1));
  const sizes = groups.map((group) => group.reduce((sum, bits) => sum + bits.count, 0));
  return { groups, none, fewest: Math.min(columns.rows, ...sizes) };
}

/** The rows that the sets leave, as bits. Rows without a payment are among them where there are no groups. */
export function commonBits({ groups, none }: RowSets, rows: number): Uint32Array {
  const common = new Uint32Array((rows + 31) >>> 5).fill(0xffffffff);
  const any = new Uint32Array(groups.some((group) => group.length !== 1) ? common.length : 0);
  for (const group of groups) {
    const [first] = group;
    if (group.length === 1 && first !== undefined) keepIn(common, first.words);
    else {
      any.fill(0);
      for (const { words } of group) add(any, words);
      keepIn(common, any);
    }
  }
  for (const { words } of none) {
    const length = Math.min(common.length, words.length);
    for (let at = 0; at < length; at += 1) common[at] = (common[at] ?? 0) & ~(words[at] ?? 0);
  }
  return common;
}

/** How many bits are set. */
export function countBits(words: Uint32Array): number {
  let count = 0;
  for (let at = 0; at < words.length; at += 1) count += bitsIn(words[at] ?? 0);
  return count;
}

/** The rows of the bits, some at a time. */
export function* rowsOfBits(words: Uint32Array, wordsAtOnce: number): Generator<readonly number[]> {
  for (let start = 0; start < words.length; start += wordsAtOnce) {
    const rows: number[] = [];
    for (let at = start; at < Math.min(start + wordsAtOnce, words.length); at += 1) {
      for (let word = words[at] ?? 0; word !== 0; word &= word - 1) rows.push(at * 32 + lowestBit(word));
    }
    yield rows;
  }
}

function keepIn(common: Uint32Array, words: Uint32Array): void {
  const length = Math.min(common.length, words.length);
  for (let at = 0; at < length; at += 1) common[at] = (common[at] ?? 0) & (words[at] ?? 0);
  common.fill(0, length);
}

function add(any: Uint32Array, words: Uint32Array): void {
  const length = Math.min(any.length, words.length);
  for (let at = 0; at < length; at += 1) any[at] = (any[at] ?? 0) | (words[at] ?? 0);
}
