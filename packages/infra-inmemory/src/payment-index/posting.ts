// Which rows have something in common: one row, a sorted list of rows, or bits once the list would be longer than those.

import { Bitset } from './bitset.ts';

/** Most things are said of one payment only: then the row itself stands for the list. */
export type Posting = number | RowSet;

/** Longer lists are kept as typed arrays, which cost more to begin with and half as much a row. */
const SHORT = 32;
/** Fewer are kept in a list however few rows there are. */
const FEWEST_IN_BITS = 16;

export class RowSet {
  /** Sorted; null once there are bits. */
  #list: number[] | Int32Array | null;
  #size: number;
  #bits: Bitset | null = null;

  constructor(first: number, second: number) {
    this.#list = first < second ? [first, second] : [second, first];
    this.#size = 2;
  }

  get count(): number {
    return this.#bits === null ? this.#size : this.#bits.count;
  }

  /** Null while it is a list. */
  get bits(): Bitset | null {
    return this.#bits;
  }

  /** The first `count` are the rows, ascending; null where there are bits. To be read at once, never kept. */
  get list(): ArrayLike<number> | null {
    return this.#list;
  }

  has(row: number): boolean {
    if (this.#bits !== null) return this.#bits.has(row);
    return this.#at(this.#placeOf(row)) === row;
  }

  /** @param rows how many rows the partition has; decides between list and bits. */
  add(row: number, rows: number): void {
    if (this.#list !== null) {
      const place = this.#placeOf(row);
      if (this.#at(place) === row) return;
      const room = this.#withRoom(this.#list, rows);
      if (room !== null) {
        if (place < this.#size) room.copyWithin(place + 1, place, this.#size);
        room[place] = row;
        this.#size += 1;
        return;
      }
    }
    this.#bits?.add(row);
  }

  delete(row: number): void {
    this.#bits?.delete(row);
    const list = this.#list;
    if (list === null) return;
    const place = this.#placeOf(row);
    if (this.#at(place) !== row) return;
    list.copyWithin(place, place + 1, this.#size);
    this.#size -= 1;
  }

  /** Gives back what was reserved, and turns bits with few rows into a list again. */
  shrink(rows: number): void {
    const bits = this.#bits;
    if (bits !== null && bits.count * 64 < rows) {
      this.#list = Int32Array.from(bits.rows());
      [this.#size, this.#bits] = [bits.count, null];
    } else if (bits !== null) bits.shrink(rows);
    else if (this.#list instanceof Int32Array) this.#list = this.#list.slice(0, this.#size);
  }

  /** A list with room for one more row; null where it became bits. */
  #withRoom(list: number[] | Int32Array, rows: number): number[] | Int32Array | null {
    if (this.#size < list.length) return list;
    if (this.#size * 32 > rows && this.#size >= FEWEST_IN_BITS) {
      const bits = new Bitset();
      for (let place = 0; place < this.#size; place += 1) bits.add(this.#at(place) ?? 0);
      [this.#list, this.#bits] = [null, bits];
      return null;
    }
    const longer =
      this.#size < SHORT ? new Array<number>(this.#size * 2).fill(0) : new Int32Array(Math.ceil(this.#size * 1.5));
    for (let place = 0; place < this.#size; place += 1) longer[place] = list[place] ?? 0;
    this.#list = longer;
    return longer;
  }

  #at(place: number): number | undefined {
    return place < this.#size ? this.#list?.[place] : undefined;
  }

  /** Where the row is, or is to be inserted. */
  #placeOf(row: number): number {
    let [low, high] = [0, this.#size];
    if (high > 0 && (this.#at(high - 1) ?? 0) < row) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#at(middle) ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function hasRow(posting: Posting | undefined, row: number): boolean {
  if (posting === undefined) return false;
  return typeof posting === 'number' ? posting === row : posting.has(row);
}

/** The rows, ascending. */
export function rowsOf(posting: Posting): readonly number[] {
  if (typeof posting === 'number') return [posting];
  const { list, bits, count } = posting;
  if (bits !== null) return [...bits.rows()];
  const rows: number[] = [];
  for (let at = 0; at < count; at += 1) rows.push(list?.[at] ?? 0);
  return rows;
}

export function countOf(posting: Posting | undefined): number {
  if (posting === undefined) return 0;
  return typeof posting === 'number' ? 1 : posting.count;
}

/** The posting with one more row. */
export function withRow(posting: Posting | undefined, row: number, rows: number): Posting {
  if (posting === undefined || posting === row) return row;
  if (typeof posting === 'number') return new RowSet(posting, row);
  posting.add(row, rows);
  return posting;
}

/** The posting with one row less; undefined where that was the last. */
export function withoutRow(posting: Posting, row: number): Posting | undefined {
  if (typeof posting === 'number') return posting === row ? undefined : posting;
  posting.delete(row);
  return posting.count === 0 ? undefined : posting;
}
