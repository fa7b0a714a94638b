// Terms that are only ever asked for exactly: which rows have each.

import { countOf, withoutRow, withRow, type Posting } from './posting.ts';
import { ShardedMap } from './sharded-map.ts';

export class Terms {
  readonly #postings: ShardedMap<Posting>;

  constructor(mapLimit: number) {
    this.#postings = new ShardedMap(mapLimit);
  }

  get size(): number {
    return this.#postings.size;
  }

  posting(text: string): Posting | undefined {
    return this.#postings.get(text);
  }

  /** @param rows how many rows the partition has. */
  add(text: string, row: number, rows: number): void {
    const before = this.#postings.get(text);
    const after = withRow(before, row, rows);
    if (after !== before) this.#postings.set(text, after);
  }

  /** A term that no row has any more is forgotten at once. */
  remove(text: string, row: number): void {
    const before = this.#postings.get(text);
    if (before === undefined) return;
    const after = withoutRow(before, row);
    if (after === undefined) this.#postings.delete(text);
    else if (after !== before) this.#postings.set(text, after);
  }

  /** Gives back what postings reserved. */
  shrink(rows: number): void {
    for (const posting of this.#postings.values()) if (typeof posting === 'object') posting.shrink(rows);
  }

  postings(): Iterable<readonly [string, Posting]> {
    return this.#postings.entries();
  }

  /** Rows in all postings. */
  get entries(): number {
    let sum = 0;
    for (const posting of this.#postings.values()) sum += countOf(posting);
    return sum;
  }
}
