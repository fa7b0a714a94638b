// How reads keep their promise to be at least as fresh as a position: they wait for it, or fail.

import type { Clock } from '../ports/clock.ts';
import { PortFailure } from '../ports/failures.ts';
import type { ReadContext } from '../ports/read-model.ts';

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 100;

/** @throws PortFailure `POSITION_UNKNOWN` where the position asked for is of another epoch or organization. */
export function requireKnownPosition({ atLeast, organizationId }: ReadContext, epoch: string): void {
  if (atLeast === null) return;
  if (atLeast.epoch !== epoch) {
    throw new PortFailure('POSITION_UNKNOWN', 'the position is of another life of the log: read again without it');
  }
  if (atLeast.organizationId !== organizationId) {
    throw new PortFailure('POSITION_UNKNOWN', 'the position is of another organization');
  }
}

/**
 * Asks until it is reached, with growing pauses. The time-out also ends an asking that hangs; one of 0 asks once.
 *
 * @throws PortFailure `POSITION_TIMEOUT`, and whatever `reached` throws.
 */
export async function waitUntil(reached: () => Promise<boolean>, timeoutMs: number, clock: Clock): Promise<void> {
  const stop = new AbortController();
  const late: Promise<'late'> | null =
    timeoutMs > 0
      ? clock.sleep(timeoutMs, stop.signal).then(
          () => 'late',
          () => 'late',
        )
      : null;
  try {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const outcome = await (late === null ? reached() : Promise.race([reached(), late]));
      if (outcome === true) return;
      if (late === null || outcome === 'late') break;
      if ((await Promise.race([clock.sleep(pause, stop.signal), late])) === 'late') break;
    }
  } finally {
    stop.abort();
  }
  throw new PortFailure('POSITION_TIMEOUT', `the position was not reached within ${timeoutMs} ms: try again`);
}
