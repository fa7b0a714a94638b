// A clock that stands still until a test moves it.

import { instantOf, type Instant } from '@paystrata/domain';
import type { Clock } from '../ports/clock.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export interface MovableClock extends Clock {
  /** Moves time on, and wakes who slept until then. */
  advance(milliseconds: number): void;
  /** How many sleep now. */
  readonly sleepers: number;
}

export function createMovableClock(start = Date.UTC(2026, 0, 15, 12)): MovableClock {
  let now = start;
  const sleepers = new Set<Sleeper>();
  return {
    now: (): Instant => instantOf(now),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const sleeper = { until: now + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(new Error('aborted'));
        });
      }),
    advance(milliseconds) {
      now += milliseconds;
      for (const sleeper of [...sleepers]) {
        if (sleeper.until > now) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
    get sleepers() {
      return sleepers.size;
    },
  };
}

/** A clock on which every sleep is over at once, and takes its time. */
export function createSkippingClock(start = Date.UTC(2026, 0, 15, 12)): Clock & { readonly slept: readonly number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => instantOf(now),
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}
