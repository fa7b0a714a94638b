// Notices that a log was put back, or replaced by another, under a process that works with it.

import { PortFailure } from '@paystrata/application';

/** What a log says of itself. */
export interface LogState {
  readonly epoch: string;
  /** Its last position. */
  readonly head: number;
}

/**
 * A log only grows, and keeps its epoch: one that ends before what this process has seen of it, or has another epoch, is
 * not the log that was opened. From then on nothing is answered from it: caches, tables and tokens of this process are
 * of the other one.
 */
export class SameLog {
  readonly #name: string;
  readonly #epoch: string;
  #seen: number;
  #problem: string | null = null;

  constructor(name: string, { epoch, head }: LogState) {
    this.#name = name;
    this.#epoch = epoch;
    this.#seen = head;
  }

  /**
   * What a question that is about to be asked must be answered with at least.
   *
   * @throws PortFailure `STORE_UNAVAILABLE` where the log was replaced before.
   */
  get seen(): number {
    if (this.#problem !== null) throw this.#failure('STORE_UNAVAILABLE', this.#problem);
    return this.#seen;
  }

  /** @param seen at the time of the question @throws PortFailure `STORE_UNAVAILABLE` */
  check({ epoch, head }: LogState, seen: number): void {
    if (epoch !== this.#epoch) this.#problem = `its epoch is ${epoch}, it was ${this.#epoch}`;
    else if (head < seen) this.#problem = `it ends at position ${head}, it has ended at ${seen}`;
    else if (head > this.#seen) this.#seen = head;
    if (this.#problem !== null) throw this.#failure('STORE_UNAVAILABLE', this.#problem);
  }

  /** A commit was stored in whatever log is there. @throws PortFailure `OUTCOME_UNKNOWN` */
  committed(position: number, seen: number): void {
    if (position <= seen) this.#problem = `position ${position} was given anew, ${seen} was taken`;
    else if (position > this.#seen) this.#seen = position;
    if (this.#problem !== null) throw this.#failure('OUTCOME_UNKNOWN', this.#problem);
  }

  #failure(code: 'STORE_UNAVAILABLE' | 'OUTCOME_UNKNOWN', problem: string): PortFailure {
    return new PortFailure(
      code,
      `the log (${this.#name}) was put back or replaced while this process worked with it – ${problem}: start the process again`,
      { retryable: false },
    );
  }
}
