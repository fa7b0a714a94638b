// A clock that stands still until a test moves it.

import type { Clock } from '@paystrata/application';
import { instantOf } from '@paystrata/domain';

export interface StandingClock extends Clock {
  /** Moves time on and wakes who slept until then. */
  advance(milliseconds: number): void;
  readonly sleepers: number;
}

export function createStandingClock(): StandingClock {
  let now = Date.UTC(2026, 0, 15, 12);
  const sleepers = new Map<() => void, number>();
  return {
    now: () => instantOf(now),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        sleepers.set(resolve, now + milliseconds);
        signal?.addEventListener('abort', () => {
          sleepers.delete(resolve);
          reject(new Error('aborted'));
        });
      }),
    advance: (milliseconds) => {
      now += milliseconds;
      for (const [wake, until] of [...sleepers]) {
        if (until > now) continue;
        sleepers.delete(wake);
        wake();
      }
    },
    get sleepers() {
      return sleepers.size;
    },
  };
}
