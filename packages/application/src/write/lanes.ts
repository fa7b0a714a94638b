// One lane a payment: work on one key runs one after the other, on different keys side by side.

import { isPromise, type Soon } from '../ports/soon.ts';

/** Spares writers of one process the races among themselves; races with other processes are settled by the store. */
export class Lanes {
  readonly #tails = new Map<string, Promise<unknown>>();

  /**
   * Runs the work when everything handed in earlier for the key has ended, however it ended. Work that has its answer at
   * once is over before anybody could come behind it: it takes no lane, and its answer is there at once. What it throws
   * is a rejection, always.
   */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  run<T>(key: string, work: () => Soon<T>): Soon<T>;
  run<T>(key: string, work: () => Soon<T>): Soon<T> {
    const before = this.#tails.size === 0 ? undefined : this.#tails.get(key);
    const mine = before === undefined ? begun(work) : before.then(work, work);
    if (!isPromise(mine)) return mine;
    this.#tails.set(key, mine);
    const leave = () => {
      if (this.#tails.get(key) === mine) this.#tails.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  }

  /** Keys with work in flight. */
  get busy(): number {
    return this.#tails.size;
  }
}

function begun<T>(work: () => Soon<T>): Soon<T> {
  try {
    return work();
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}
