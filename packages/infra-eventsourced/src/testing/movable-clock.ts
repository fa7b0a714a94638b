// A clock that stands still until a test moves it.

import { instantOf, type Clock } from '@paystrata/application';

export interface MovableClock extends Clock {
  /** Moves time on, and ends the sleeps that are due. */
  advance(milliseconds: number): void;
}

export function createMovableClock(start = Date.UTC(2026, 0, 15, 12)): MovableClock {
  let now = start;
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  return {
    now: () => instantOf(now),
    sleep: (milliseconds, signal) =>
      new Promise<void>((resolve, reject) => {
        const sleeper = { until: now + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(new Error('aborted'));
        });
      }),
    advance: (milliseconds) => {
      now += milliseconds;
      for (const sleeper of [...sleepers]) {
        if (sleeper.until > now) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
  };
}
