// Starting on a free port, again on another one when somebody took it between the look and the start.

import { ServerStartFailed } from '../server-failure.ts';
import { freePort } from './free-port.ts';

const attempts = 3;

/** Answers what `start` answers for a free port. @throws what `start` throws, at the third taken port at the latest. */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (attempt === attempts || !isPortTaken(error)) throw error;
    }
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof ServerStartFailed && /address already in use/i.test(error.message);
}
