// Time comes from a port, so that tests and fault runs decide what time it is.

import { instantOf, type Instant } from '@paystrata/domain';

export interface Clock {
  /** The wall clock. May jump; nothing may rely on it for order. */
  now(): Instant;
  /** Resolves after that many milliseconds of this clock, or rejects with the signal's reason. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => instantOf(Date.now()),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, milliseconds);
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      signal?.addEventListener('abort', abort, { once: true });
    }),
};
