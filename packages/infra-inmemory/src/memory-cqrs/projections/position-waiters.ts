// Who waits for a projection to come to a position.

import { PortFailure, type Clock } from '@paystrata/application';

interface Waiter {
  readonly position: number;
  readonly end: (failure: PortFailure | null) => void;
}

export class PositionWaiters {
  readonly #clock: Clock;
  readonly #waiters = new Set<Waiter>();
  #first = Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws PortFailure `POSITION_TIMEOUT` where `reached` was not told of the position in time. */
  async wait(position: number, timeoutMs: number, problem: string): Promise<void> {
    const stop = new AbortController();
    const late = new PortFailure('POSITION_TIMEOUT', `${problem} within ${timeoutMs} ms: try again`);
    if (timeoutMs <= 0) throw late;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { position, end: (failure: PortFailure | null) => (failure === null ? resolve() : reject(failure)) };
    this.#waiters.add(waiter);
    this.#first = Math.min(this.#first, position);
    this.#clock.sleep(timeoutMs, stop.signal).then(
      () => waiter.end(late),
      () => undefined,
    );
    try {
      await promise;
    } finally {
      this.#waiters.delete(waiter);
      stop.abort();
    }
  }

  reached(position: number): void {
    if (position < this.#first) return;
    this.#first = Infinity;
    for (const waiter of this.#waiters) {
      if (waiter.position <= position) {
        this.#waiters.delete(waiter);
        waiter.end(null);
      } else {
        this.#first = Math.min(this.#first, waiter.position);
      }
    }
  }

  fail(failure: PortFailure): void {
    for (const waiter of this.#waiters) waiter.end(failure);
    this.#waiters.clear();
    this.#first = Infinity;
  }
}
