// Which rows have a token with a beginning: kept for short beginnings, and for longer ones that were once asked for
// and have too many terms to put together at every question.

import type { Posting } from './posting.ts';
import { Terms } from './terms.ts';
import { TextSet } from './texts.ts';

/** Beginnings that are kept on demand; one more makes the oldest forgotten. */
const WATCHED = 64;

export class PrefixTerms {
  readonly #length: number;
  readonly #mapLimit: number;
  readonly #postings: Terms;
  readonly #watched = new Map<string, Terms>();

  /** @param length beginnings up to so many UTF-16 units are always kept. */
  constructor(length: number, mapLimit: number) {
    this.#length = length;
    this.#mapLimit = mapLimit;
    this.#postings = new Terms(mapLimit);
  }

  /** Whether `posting` knows: if not, the dictionary has to be asked. */
  keeps(prefix: string): boolean {
    return prefix.length <= this.#length || this.#watched.has(prefix);
  }

  posting(prefix: string): Posting | undefined {
    return (this.#watched.get(prefix) ?? this.#postings).posting(prefix);
  }

  /** Keeps a longer beginning from now on; takes the rows that have it, ascending. */
  watch(prefix: string, rows: Iterable<number>, rowCount: number): void {
    const [oldest] = this.#watched.keys();
    if (oldest !== undefined && this.#watched.size >= WATCHED) this.#watched.delete(oldest);
    const terms = new Terms(this.#mapLimit);
    for (const row of rows) terms.add(prefix, row, rowCount);
    this.#watched.set(prefix, terms);
  }

  /** What of these tokens is kept, each once. */
  of(tokens: readonly string[]): readonly string[] {
    const prefixes = new TextSet();
    for (const token of tokens) {
      for (let end = 1; end <= this.#length && end <= token.length; end += 1) prefixes.add(token.slice(0, end));
      for (const prefix of this.#watched.keys()) if (token.startsWith(prefix)) prefixes.add(prefix);
    }
    return prefixes.texts;
  }

  add(prefix: string, row: number, rows: number): void {
    (this.#watched.get(prefix) ?? this.#postings).add(prefix, row, rows);
  }

  remove(prefix: string, row: number): void {
    (this.#watched.get(prefix) ?? this.#postings).remove(prefix, row);
  }

  shrink(rows: number): void {
    this.#postings.shrink(rows);
  }

  get entries(): number {
    return this.#postings.entries;
  }
}
