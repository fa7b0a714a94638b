// The most suggested term of each run of terms, so that completions look into few runs, however many terms there are.

import { compareCodePoints } from '@paystrata/application';
import type { Place, RunObserver } from './run-observer.ts';
import type { SortedRuns } from './sorted-runs.ts';

export interface TermCounts {
  text(term: number): string;
  /** Payments that suggest the term. */
  suggesting(term: number): number;
}

const NONE = -1;
/** To be found anew when it is asked for. */
const UNKNOWN = -2;

export class BestTerms implements RunObserver {
  readonly #counts: TermCounts;
  /** By the number of the run. */
  readonly #best: number[] = [];

  constructor(counts: TermCounts) {
    this.#counts = counts;
  }

  added(run: number, term: number): void {
    const best = this.#best[run] ?? NONE;
    if (best !== UNKNOWN && (best === NONE || this.#compare(term, best) < 0)) this.#best[run] = term;
  }

  removed(run: number, term: number): void {
    if (this.#best[run] === term) this.#best[run] = UNKNOWN;
  }

  refilled(run: number, _terms: Int32Array, size: number): void {
    this.#best[run] = size === 0 ? NONE : UNKNOWN;
  }

  /** The count of a term went up or down; run −1: it is in none yet. */
  changed(run: number, term: number, by: 1 | -1): void {
    if (run < 0) return;
    if (by === 1) this.added(run, term);
    else this.removed(run, term);
  }

  /**
   * The first terms in the order of suggestions of those between two places. A run is looked into only where its best
   * term is among the best of the runs' best terms: no other can have one of the first.
   */
  first(runs: SortedRuns, start: Place, end: Place, limit: number): readonly number[] {
    const found: number[] = [];
    const bests: number[] = [];
    const turnOf = new Map<number, number>();
    for (let { turn } = start; turn <= end.turn && turn < runs.turns; turn += 1) {
      const from = turn === start.turn ? start.offset : 0;
      const to = turn === end.turn ? end.offset : runs.sizeAt(turn);
      if (from > 0 || to < runs.sizeAt(turn)) this.#take(runs.itemsAt(turn), from, to, limit, found);
      else if (this.#takeOne(this.#bestOf(runs, turn), limit, bests)) turnOf.set(this.#bestOf(runs, turn), turn);
    }
    for (const best of bests) {
      const turn = turnOf.get(best) ?? NONE;
      this.#take(runs.itemsAt(turn), 0, runs.sizeAt(turn), limit, found);
    }
    return found;
  }

  #bestOf(runs: SortedRuns, turn: number): number {
    const run = runs.runAt(turn);
    const known = this.#best[run] ?? UNKNOWN;
    if (known !== UNKNOWN) return known;
    const terms = runs.itemsAt(turn);
    let best = terms[0] ?? NONE;
    for (let place = 1; place < runs.sizeAt(turn); place += 1) {
      const term = terms[place] ?? NONE;
      if (this.#compare(term, best) < 0) best = term;
    }
    this.#best[run] = best;
    return best;
  }

  #take(terms: Int32Array, from: number, to: number, limit: number, found: number[]): void {
    for (let place = from; place < to; place += 1) this.#takeOne(terms[place] ?? NONE, limit, found);
  }

  /** Keeps the first ones, in order, without what nobody suggests. @returns whether it is among them. */
  #takeOne(term: number, limit: number, found: number[]): boolean {
    if (this.#counts.suggesting(term) === 0) return false;
    const last = found.at(-1);
    if (found.length >= limit && last !== undefined && this.#compare(term, last) > 0) return false;
    let at = found.length;
    while (at > 0 && this.#compare(term, found[at - 1] ?? NONE) < 0) at -= 1;
    found.splice(at, 0, term);
    if (found.length > limit) found.pop();
    return true;
  }

  #compare(a: number, b: number): number {
    const difference = this.#counts.suggesting(b) - this.#counts.suggesting(a);
    return difference === 0 ? compareCodePoints(this.#counts.text(a), this.#counts.text(b)) : difference;
  }
}
