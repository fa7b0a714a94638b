// Items in one order, cut into short sorted runs: inserting moves a few hundred numbers at most, wherever it happens.
//
// This is the leaf level of a B+ tree under a flat directory (a list of lists): exact at any time, so that nothing has
// to be merged before an answer. Each item knows its run, so that it is found and taken out without comparing.

import type { Place, RunObserver } from './run-observer.ts';

const FIRST_CAPACITY = 8;
const NONE = -1;
const empty = new Int32Array(0);

export class SortedRuns {
  readonly #compare: (a: number, b: number) => number;
  readonly #length: number;
  readonly #observer: RunObserver;
  /** By the number of the run. */
  readonly #items: Int32Array[] = [];
  readonly #sizes: number[] = [];
  readonly #unused: number[] = [];
  /** Numbers of the runs, in their order. */
  readonly #turns: number[] = [];
  #runOf = new Int32Array(FIRST_CAPACITY).fill(NONE);
  /** Items before each turn; rebuilt when asked for after a change. */
  #before: Int32Array | null = null;
  #size = 0;

  /** @param length items in a run at most; 2 at least. */
  constructor(compare: (a: number, b: number) => number, length: number, observer: RunObserver) {
    this.#compare = compare;
    this.#length = length;
    this.#observer = observer;
  }

  get size(): number {
    return this.#size;
  }

  /** How many runs there are. */
  get turns(): number {
    return this.#turns.length;
  }

  runAt(turn: number): number {
    return this.#turns[turn] ?? NONE;
  }

  /** To be read at once, never kept; see `sizeAt`. */
  itemsAt(turn: number): Int32Array {
    return this.#items[this.runAt(turn)] ?? empty;
  }

  sizeAt(turn: number): number {
    return this.#sizes[this.runAt(turn)] ?? 0;
  }

  /** The run that holds the item; −1 where none does. */
  runOf(item: number): number {
    return this.#runOf[item] ?? NONE;
  }

  /** The item must not be in it, and must compare unequal to all others. */
  insert(item: number): void {
    const { turn, offset } = this.#placeFor(item);
    this.#insertAt(turn, offset, item);
    this.#size += 1;
  }

  /** Does not compare: what the item is sorted by may have changed. Without effect where it is not in it. */
  remove(item: number): void {
    const run = this.runOf(item);
    const items = this.#items[run];
    if (items === undefined) return;
    const size = this.#sizes[run] ?? 0;
    const offset = items.indexOf(item);
    items.copyWithin(offset, offset + 1, size);
    this.#sizes[run] = size - 1;
    this.#runOf[item] = NONE;
    this.#size -= 1;
    this.#before = null;
    this.#observer.removed(run, item);
    if (size === 1) this.#drop(this.#turns.indexOf(run));
    else if (size - 1 === this.#length >>> 2) this.#mergeAround(this.#turns.indexOf(run));
  }

  /** The first place whose item does not come before; what does must stand in front of all that does not. */
  seek(comesBefore: (item: number) => boolean): Place {
    let [low, high] = [0, this.#turns.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const last = this.itemsAt(middle)[this.sizeAt(middle) - 1];
      if (last !== undefined && comesBefore(last)) low = middle + 1;
      else high = middle;
    }
    const items = this.itemsAt(low);
    let [from, to] = [0, this.sizeAt(low)];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (comesBefore(items[middle] ?? NONE)) from = middle + 1;
      else to = middle;
    }
    return { turn: low, offset: from };
  }

  get start(): Place {
    return { turn: 0, offset: 0 };
  }

  get end(): Place {
    return { turn: this.#turns.length, offset: 0 };
  }

  /** How many items stand before the place. */
  rank({ turn, offset }: Place): number {
    this.#before ??= this.#countBefore();
    return turn >= this.#turns.length ? this.#size : (this.#before[turn] ?? 0) + offset;
  }

  /** Merges the run of that turn with the next ones while they fit into one. @returns the next turn to look at. */
  compactAt(turn: number): number {
    while (turn + 1 < this.#turns.length && this.sizeAt(turn) + this.sizeAt(turn + 1) <= this.#length)
      this.#merge(turn);
    const run = this.runAt(turn);
    const items = this.#items[run];
    if (items !== undefined && turn + 1 < this.#turns.length) this.#items[run] = items.slice(0, this.sizeAt(turn));
    return turn + 1;
  }

  /** Bytes in typed arrays. */
  get bytes(): number {
    return this.#items.reduce((sum, { byteLength }) => sum + byteLength, this.#runOf.byteLength);
  }

  #placeFor(item: number): Place {
    const last = this.#turns.length - 1;
    if (last < 0) return { turn: 0, offset: 0 };
    const size = this.sizeAt(last);
    const greatest = this.itemsAt(last)[size - 1] ?? NONE;
    if (this.#compare(greatest, item) < 0) return { turn: last, offset: size };
    return this.seek((other) => this.#compare(other, item) < 0);
  }

  #insertAt(turn: number, offset: number, item: number): void {
    const run = this.#turns[turn] ?? this.#open(turn, 0);
    const size = this.#sizes[run] ?? 0;
    if (size >= this.#length) {
      this.#split(turn, run, offset, item);
      return;
    }
    const items = this.#withRoom(run, size + 1);
    items.copyWithin(offset + 1, offset, size);
    items[offset] = item;
    this.#sizes[run] = size + 1;
    this.#belong(item, run);
    if (turn !== this.#turns.length - 1) this.#before = null;
    this.#observer.added(run, item);
  }

  /** A full run gives half of it to a new one behind; at the very end it stays full, as more will come there. */
  #split(turn: number, run: number, offset: number, item: number): void {
    const items = this.#items[run] ?? empty;
    const atEnd = turn === this.#turns.length - 1 && offset === this.#length;
    const kept = atEnd ? this.#length : this.#length >>> 1;
    const next = this.#open(turn + 1, this.#length - kept);
    this.#moveItems(items.subarray(kept, this.#length), next, 0);
    this.#sizes[run] = kept;
    if (!atEnd) {
      this.#observer.refilled(run, items, kept);
      this.#observer.refilled(next, this.itemsAt(turn + 1), this.#length - kept);
    }
    if (offset > kept || atEnd) this.#insertAt(turn + 1, offset - kept, item);
    else this.#insertAt(turn, offset, item);
  }

  #open(turn: number, capacity: number): number {
    const run = this.#unused.pop() ?? this.#items.length;
    this.#items[run] = new Int32Array(Math.max(Math.min(FIRST_CAPACITY, this.#length), capacity));
    this.#sizes[run] = 0;
    this.#turns.splice(turn, 0, run);
    this.#before = null;
    return run;
  }

  #drop(turn: number): void {
    const [run] = this.#turns.splice(turn, 1);
    this.#before = null;
    if (run === undefined) return;
    this.#items[run] = empty;
    this.#sizes[run] = 0;
    this.#unused.push(run);
    this.#observer.refilled(run, empty, 0);
  }

  #mergeAround(turn: number): void {
    const most = this.#length - (this.#length >>> 2);
    const fits = (at: number) =>
      at >= 0 && at + 1 < this.#turns.length && this.sizeAt(at) + this.sizeAt(at + 1) <= most;
    if (fits(turn)) this.#merge(turn);
    else if (fits(turn - 1)) this.#merge(turn - 1);
  }

  /** Moves the items of the next turn's run to the end of this one's. */
  #merge(turn: number): void {
    const run = this.runAt(turn);
    const size = this.sizeAt(turn);
    const more = this.itemsAt(turn + 1).subarray(0, this.sizeAt(turn + 1));
    this.#withRoom(run, size + more.length);
    this.#moveItems(more, run, size);
    this.#drop(turn + 1);
    this.#observer.refilled(run, this.itemsAt(turn), this.sizeAt(turn));
  }

  #moveItems(items: Int32Array, run: number, offset: number): void {
    this.#items[run]?.set(items, offset);
    for (const item of items) this.#runOf[item] = run;
    this.#sizes[run] = offset + items.length;
  }

  #withRoom(run: number, size: number): Int32Array {
    const items = this.#items[run] ?? empty;
    if (items.length >= size) return items;
    const longer = new Int32Array(Math.min(this.#length, Math.max(size, items.length * 2, FIRST_CAPACITY)));
    longer.set(items);
    this.#items[run] = longer;
    return longer;
  }

  #belong(item: number, run: number): void {
    if (item >= this.#runOf.length) {
      const longer = new Int32Array(Math.max(item + 1, Math.ceil(this.#runOf.length * 1.5))).fill(
        NONE,
        this.#runOf.length,
      );
      longer.set(this.#runOf);
      this.#runOf = longer;
    }
    this.#runOf[item] = run;
  }

  #countBefore(): Int32Array {
    const before = new Int32Array(this.#turns.length);
    let sum = 0;
    for (let turn = 0; turn < before.length; turn += 1) {
      before[turn] = sum;
      sum += this.sizeAt(turn);
    }
    return before;
  }
}
