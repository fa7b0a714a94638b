// A clock that tests move.

import { instantOf, type Clock, type Instant } from '@paystrata/application';

export interface TestClock extends Clock {
  /** Time passes; whoever sleeps is not woken. */
  pass(milliseconds: number): void;
}

export function createTestClock(start = Date.UTC(2026, 0, 1)): TestClock {
  let now: Instant = instantOf(start);
  return {
    now: () => now,
    sleep: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      }),
    pass: (milliseconds) => {
      now = instantOf(now + milliseconds);
    },
  };
}
