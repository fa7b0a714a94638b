// A TCP port that nobody listens on. Drawn from below the range that systems hand out to outgoing connections, so
// that no client of the test takes the port while its server is killed and restarted.

import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const lowestPort = 20_000;
const portAboveHighest = 32_000;
const handedOut = new Set<number>();

/**
 * Answers a port of 127.0.0.1 that was free a moment ago and that this process was not given before.
 * @throws Error when 200 draws found none.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = randomInt(lowestPort, portAboveHighest);
    if (handedOut.has(port) || !(await isFree(port))) continue;
    handedOut.add(port);
    return port;
  }
  throw new Error(`no free port between ${lowestPort} and ${portAboveHighest} on 127.0.0.1`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host: '127.0.0.1', port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
