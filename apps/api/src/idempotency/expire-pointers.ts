// Drops idempotency keys once nobody sends them again; the streams still know their commands, for ever.

import type { Clock, IdempotencyStore, Logger } from '@paystrata/application';

/** Idempotency keys are kept this long. */
const KEPT_MS = 48 * 3600 * 1000;
const EVERY_MS = 3600 * 1000;

/** Expires now and every hour, until the signal is aborted. */
export async function expirePointers(
  store: IdempotencyStore,
  clock: Clock,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await store.expire(clock.now() - KEPT_MS);
    } catch (error) {
      logger.warn({ error }, 'old idempotency keys could not be dropped; it is tried again in an hour');
    }
    await clock.sleep(EVERY_MS, signal).catch(() => undefined);
  }
}
