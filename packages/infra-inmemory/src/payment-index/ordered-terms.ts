// Terms of one kind: which rows have each, in the order that prefixes need, with how many payments suggest it.

import { countOf, withoutRow, withRow, type Posting } from './posting.ts';
import { ShardedMap } from './sharded-map.ts';
import { BestTerms, type TermCounts } from './best-terms.ts';
import type { Place } from './run-observer.ts';
import { SortedRuns } from './sorted-runs.ts';

export interface OrderedTermsOptions {
  /** What a term is sorted and found by in suggestions. */
  readonly fold: (text: string) => string;
  readonly runLength: number;
  readonly mapLimit: number;
}

/** New terms wait here unsorted until somebody asks, or there are so many: most runs are then touched once for several. */
const UNSORTED = 256;
/** Substrings from this length on keep the text alive that they are cut from. */
const SLICED = 13;

export class OrderedTerms implements TermCounts {
  readonly #fold: (text: string) => string;
  readonly #ids: ShardedMap<number>;
  readonly #texts: string[] = [];
  readonly #keys: string[] = [];
  readonly #postings: (Posting | undefined)[] = [];
  readonly #suggesting: number[] = [];
  readonly #unused: number[] = [];
  readonly #runs: SortedRuns;
  readonly #best: BestTerms;
  #unsorted: number[] = [];

  constructor({ fold, runLength, mapLimit }: OrderedTermsOptions) {
    this.#fold = fold;
    this.#ids = new ShardedMap(mapLimit);
    this.#best = new BestTerms(this);
    this.#runs = new SortedRuns((a, b) => this.#compare(a, b), runLength, this.#best);
  }

  /** How many terms there are. */
  get size(): number {
    return this.#ids.size;
  }

  /** Terms are below this. */
  get terms(): number {
    return this.#texts.length;
  }

  /** The term of a text; −1 where there is none. */
  term(text: string): number {
    return this.#ids.get(text) ?? -1;
  }

  posting(text: string): Posting | undefined {
    const term = this.#ids.get(text);
    return term === undefined ? undefined : this.#postings[term];
  }

  /** @param rows how many rows the partition has. @returns the term, for `suggestTerm`. */
  add(text: string, row: number, rows: number): number {
    const term = this.#ids.get(text) ?? this.#open(text);
    this.#postings[term] = withRow(this.#postings[term], row, rows);
    return term;
  }

  /** A term that no row has any more is forgotten at once. */
  remove(text: string, row: number): void {
    const term = this.#ids.get(text);
    const posting = term === undefined ? undefined : this.#postings[term];
    if (term === undefined || posting === undefined) return;
    this.#postings[term] = withoutRow(posting, row);
    if (this.#postings[term] === undefined) this.#close(term);
  }

  /** One payment more (1) or less (−1) suggests the term, which some row must have. */
  suggest(text: string, by: 1 | -1): void {
    const term = this.#ids.get(text);
    if (term !== undefined) this.suggestTerm(term, by);
  }

  suggestTerm(term: number, by: 1 | -1): void {
    this.#suggesting[term] = this.suggesting(term) + by;
    this.#best.changed(this.#runs.runOf(term), term, by);
  }

  text(term: number): string {
    return this.#texts[term] ?? '';
  }

  suggesting(term: number): number {
    return this.#suggesting[term] ?? 0;
  }

  *postings(): Generator<readonly [string, Posting]> {
    for (const [term, posting] of this.#postings.entries()) if (posting !== undefined) yield [this.text(term), posting];
  }

  /** The places of the terms whose key begins with the prefix: from `start`, up to but without `end`. */
  withPrefix(prefix: string): { readonly start: Place; readonly end: Place } {
    this.#sort();
    const start = this.#runs.seek((term) => this.#key(term) < prefix);
    const end = this.#runs.seek((term) => this.#key(term) < prefix || this.#key(term).startsWith(prefix));
    return { start, end };
  }

  /** How many terms begin with the prefix. */
  countPrefix(prefix: string): number {
    const { start, end } = this.withPrefix(prefix);
    return this.#runs.rank(end) - this.#runs.rank(start);
  }

  /** Postings of all terms that begin with the prefix. */
  *postingsWithPrefix(prefix: string): Generator<Posting> {
    const { start, end } = this.withPrefix(prefix);
    for (let { turn, offset } = start; turn <= end.turn; turn += 1, offset = 0) {
      const terms = this.#runs.itemsAt(turn);
      const stop = turn === end.turn ? end.offset : this.#runs.sizeAt(turn);
      for (; offset < stop; offset += 1) {
        const posting = this.#postings[terms[offset] ?? -1];
        if (posting !== undefined) yield posting;
      }
    }
  }

  /** The terms with the prefix that most payments suggest, the first ones in the order of suggestions. */
  mostSuggested(prefix: string, limit: number): readonly number[] {
    const { start, end } = this.withPrefix(prefix);
    return this.#best.first(this.#runs, start, end, limit);
  }

  /** One step of putting sparse runs together. @returns the next turn; null at the end. */
  compactAt(turn: number): number | null {
    this.#sort();
    const next = this.#runs.compactAt(turn);
    return next >= this.#runs.turns ? null : next;
  }

  /** Gives back what postings reserved, for the terms from one id on. @returns the next; null at the end. */
  shrinkFrom(first: number, terms: number, rows: number): number | null {
    const stop = Math.min(first + terms, this.#postings.length);
    for (let term = first; term < stop; term += 1) {
      const posting = this.#postings[term];
      if (typeof posting === 'object') posting.shrink(rows);
    }
    return stop === this.#postings.length ? null : stop;
  }

  /** Rows in all postings. */
  get entries(): number {
    return this.#postings.reduce((sum: number, posting) => sum + countOf(posting), 0);
  }

  #open(text: string): number {
    const term = this.#unused.pop() ?? this.#texts.length;
    const own = text.length < SLICED ? text : detached(text);
    const key = this.#fold(own);
    this.#texts[term] = own;
    this.#keys[term] = key === own ? own : key;
    this.#suggesting[term] = 0;
    this.#ids.set(own, term);
    if (this.#unsorted.push(term) >= UNSORTED) this.#sort();
    return term;
  }

  #close(term: number): void {
    this.#sort();
    this.#runs.remove(term);
    this.#ids.delete(this.text(term));
    this.#texts[term] = '';
    this.#keys[term] = '';
    this.#unused.push(term);
  }

  #sort(): void {
    if (this.#unsorted.length === 0) return;
    const terms = this.#unsorted.sort((a, b) => this.#compare(a, b));
    this.#unsorted = [];
    for (const term of terms) this.#runs.insert(term);
  }

  #key(term: number): string {
    return this.#keys[term] ?? '';
  }

  /** Any order will do that keeps what has a prefix in common together: that of UTF-16 units is the fastest. */
  #compare(a: number, b: number): number {
    const [x, y] = [this.#key(a), this.#key(b)];
    if (x !== y) return x < y ? -1 : 1;
    if (a === b) return 0;
    return this.text(a) < this.text(b) ? -1 : 1;
  }
}

/** The same text, in memory of its own. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
