// Waits until a source has the log as it is now, and feeds it meanwhile where nobody else does.

import { PortFailure, type Clock, type MaintenanceOptions } from '@paystrata/application';
import type { BesideSource } from './parts.ts';

export interface CatchUpOptions {
  readonly head: () => Promise<number>;
  readonly clock: Clock;
}

const PAUSE_MS = 25;
/** A source that gets no further for so long is given up. */
const STANDSTILL_MS = 15_000;

/** @throws PortFailure `STORE_UNAVAILABLE` where it does not answer, or gets no further */
export async function catchUp(
  { source, watched, relay }: BesideSource,
  { head, clock }: CatchUpOptions,
  { signal, onProgress }: MaintenanceOptions,
): Promise<void> {
  const end = await head();
  const isLent = relay?.isRunning === false;
  if (isLent) relay.start();
  try {
    for (let [last, moved] = [-1, performance.now()]; ;) {
      signal?.throwIfAborted();
      const held = (await watched.check()) ?? 0;
      if (held >= end) return;
      onProgress?.({ done: held, total: end });
      relay?.checked(held, null);
      relay?.wake();
      if (held !== last) [last, moved] = [held, performance.now()];
      if (performance.now() - moved > STANDSTILL_MS) {
        const why = relay?.status().problem ?? 'nobody feeds it';
        const message = `${source.name} stands at ${held} while the log ends at ${end}: ${why}`;
        throw new PortFailure('STORE_UNAVAILABLE', message);
      }
      await clock.sleep(PAUSE_MS, signal);
    }
  } finally {
    if (isLent) await relay.stop();
  }
}
