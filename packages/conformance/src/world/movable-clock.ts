// A clock that a case can move ahead. Waiting takes real time, so nothing that waits is stuck or hurried.

import { systemClock, type Clock } from '@paystrata/application';
import { instantOf } from '@paystrata/domain';

export interface MovableClock extends Clock {
  /** From now on the time is so much later. */
  advance(milliseconds: number): void;
}

export function createMovableClock(): MovableClock {
  let ahead = 0;
  return {
    now: () => instantOf(systemClock.now() + ahead),
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds, signal),
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
  };
}
