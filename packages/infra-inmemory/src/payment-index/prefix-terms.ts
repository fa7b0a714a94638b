// Which rows have a token with a beginning: kept for short beginnings, and for longer ones that were once asked for
// and have too many terms to put together at every question.

import { countOf, withoutRow, withRow, type Posting } from './posting.ts';

/** Beginnings that are kept on demand; one more makes the oldest forgotten. */
const WATCHED = 64;
/** UTF-16 units of a beginning that fit into one small integer. */
const LONGEST_PREFIX = 2;

export class PrefixTerms {
  readonly #length: number;
  /** By the units of the beginning as one number: cheaper to make and to hash than texts. */
  readonly #postings = new Map<number, Posting>();
  /** By text, with a number of its own that no units make. */
  readonly #watched = new Map<string, number>();
  #nextWatched = -1;

  /** @param length beginnings up to so many UTF-16 units are always kept, at most `LONGEST_PREFIX`. */
  constructor(length: number) {
    this.#length = Math.min(length, LONGEST_PREFIX);
  }

  /** Whether `posting` knows: if not, the dictionary has to be asked. */
  keeps(prefix: string): boolean {
    return prefix.length <= this.#length || this.#watched.has(prefix);
  }

  posting(prefix: string): Posting | undefined {
    return this.#postings.get(this.#watched.get(prefix) ?? unitsOf(prefix, prefix.length));
  }

  /** By the number that `of` tells. */
  postingAt(key: number): Posting | undefined {
    return this.#postings.get(key);
  }

  postings(): Iterable<readonly [number, Posting]> {
    return this.#postings;
  }

  /** Keeps a longer beginning from now on; takes the rows that have it, ascending. */
  watch(prefix: string, rows: Iterable<number>, rowCount: number): void {
    const [oldest] = this.#watched;
    if (oldest !== undefined && this.#watched.size >= WATCHED) {
      this.#watched.delete(oldest[0]);
      this.#postings.delete(oldest[1]);
    }
    const key = this.#nextWatched;
    this.#nextWatched -= 1;
    this.#watched.set(prefix, key);
    for (const row of rows) this.add(key, row, rowCount);
  }

  /** The numbers of what is kept of these tokens, each once. */
  of(tokens: readonly string[]): readonly number[] {
    const keys: number[] = [];
    const seen = tokens.length > 64 ? new Set<number>() : null;
    const add = (key: number) => {
      if (seen === null ? keys.includes(key) : seen.has(key)) return;
      keys.push(key);
      seen?.add(key);
    };
    for (const token of tokens) {
      for (let end = 1; end <= this.#length && end <= token.length; end += 1) add(unitsOf(token, end));
      if (this.#watched.size === 0) continue;
      for (const [prefix, key] of this.#watched) if (token.startsWith(prefix)) add(key);
    }
    return keys;
  }

  /** @param rows how many rows the partition has. */
  add(key: number, row: number, rows: number): void {
    const before = this.#postings.get(key);
    const after = withRow(before, row, rows);
    if (after !== before) this.#postings.set(key, after);
  }

  remove(key: number, row: number): void {
    const before = this.#postings.get(key);
    if (before === undefined) return;
    const after = withoutRow(before, row);
    if (after === undefined) this.#postings.delete(key);
    else if (after !== before) this.#postings.set(key, after);
  }

  /** Gives back what postings reserved. */
  shrink(rows: number): void {
    for (const posting of this.#postings.values()) if (typeof posting === 'object') posting.shrink(rows);
  }

  /** Rows in all postings. */
  get entries(): number {
    return this.#postings.values().reduce((sum: number, posting) => sum + countOf(posting), 0);
  }
}

/** The first one or two units as a number that is never negative; one unit alone is below all pairs. */
function unitsOf(text: string, length: number): number {
  return length === 1 ? text.charCodeAt(0) : text.charCodeAt(0) * 0x10000 + text.charCodeAt(1);
}
