// How far the log goes, since when, and a wake-up for whoever follows it.

import type { Clock } from '@paystrata/application';

/** Commits whose time is remembered; older ones are taken to be as old as the oldest of these. */
const REMEMBERED = 2 ** 16;

export class LogFeed {
  readonly #clock: Clock;
  readonly #delayMs: number;
  readonly #followers = new Set<() => void>();
  readonly #times = new Float64Array(REMEMBERED);
  #head = 0;
  #released = 0;
  #releasing: AbortController | null = null;

  /** @param delayMs how long commits are held back from projections. */
  constructor(clock: Clock, delayMs: number) {
    this.#clock = clock;
    this.#delayMs = delayMs;
  }

  /** The position of the last commit. */
  get head(): number {
    return this.#head;
  }

  /** Up to where projections may read. */
  get released(): number {
    return this.#released;
  }

  /** Told in the very step of each commit. @returns the positions that are new. */
  committed(position: number): void {
    const now = this.#clock.now();
    for (let each = this.#head + 1; each <= position; each += 1) this.#times[each % REMEMBERED] = now;
    this.#head = position;
    if (this.#delayMs === 0) this.#released = position;
    else if (this.#releasing === null) void this.#release();
    this.#wake();
  }

  /** When it was committed, by the clock; for positions up to `head`. */
  committedAt(position: number): number {
    const oldest = Math.max(1, this.#head - REMEMBERED + 1);
    return this.#times[Math.max(position, oldest) % REMEMBERED] ?? 0;
  }

  /** @param wake is called at every change, must return at once, and must not throw. @returns how to end it. */
  follow(wake: () => void): () => void {
    this.#followers.add(wake);
    return () => this.#followers.delete(wake);
  }

  clear(): void {
    this.#releasing?.abort();
    this.#releasing = null;
    this.#head = 0;
    this.#released = 0;
  }

  #wake(): void {
    for (const wake of this.#followers) wake();
  }

  /** Lets commits through one after the other, each so long after it was made. */
  async #release(): Promise<void> {
    const controller = new AbortController();
    this.#releasing = controller;
    while (this.#released < this.#head) {
      const due = this.committedAt(this.#released + 1) + this.#delayMs - this.#clock.now();
      if (due > 0) await this.#clock.sleep(due, controller.signal).catch(() => undefined);
      if (controller.signal.aborted) return;
      const now = this.#clock.now();
      while (this.#released < this.#head && this.committedAt(this.#released + 1) + this.#delayMs <= now) {
        this.#released += 1;
      }
      this.#wake();
    }
    this.#releasing = null;
  }
}
