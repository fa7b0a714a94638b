// How sorted runs are pointed into, and what those hear who keep sums of each run.

/** Told of what happens in the runs, to keep sums of each. */
export interface RunObserver {
  added(run: number, item: number): void;
  removed(run: number, item: number): void;
  /** The first `size` are what the run holds now. */
  refilled(run: number, items: Int32Array, size: number): void;
}

/** A place in the order: the run by its turn, and the item within it. */
export interface Place {
  readonly turn: number;
  readonly offset: number;
}
