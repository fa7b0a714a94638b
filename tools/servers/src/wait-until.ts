// Waiting for a condition, never for a fixed time.

import { setTimeout as delay } from 'node:timers/promises';

/** What to wait for, and for how long. */
export interface WaitOptions {
  /** Longest time to wait, in milliseconds. Default 10 000. */
  readonly timeoutMs?: number;
  /** Pause between two looks, in milliseconds. Default 10. */
  readonly everyMs?: number;
  /** Looked at before each attempt; what it throws ends the wait. */
  readonly giveUp?: () => void;
}

/**
 * Resolves with the first result of `look` that is neither `undefined` nor `false`. An exception of `look` counts as
 * "not yet" and becomes the `cause` when the time is over.
 * @throws Error naming `what` when `timeoutMs` has passed; whatever `giveUp` throws.
 */
export async function waitUntil<T>(
  what: string,
  look: () => T | Promise<T>,
  options: WaitOptions = {},
): Promise<Exclude<T, false | undefined>> {
  const { timeoutMs = 10_000, everyMs = 10, giveUp } = options;
  const end = performance.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    giveUp?.();
    try {
      const seen = await look();
      if (isThere(seen)) return seen;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > end) {
      giveUp?.();
      throw new Error(`waited ${timeoutMs} ms for ${what}`, { cause });
    }
    await delay(everyMs);
  }
}

function isThere<T>(value: T): value is Exclude<T, false | undefined> {
  return value !== false && value !== undefined;
}
