// A process that feeds the sources is killed between a commit and each of them: the sources are equal soon after.

import { fileURLToPath } from 'node:url';
import { figure, proofTimeoutMs, prove, startProgram } from '@paystrata/test-servers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generator } from '../testing/random.ts';
import type { CrashPoint, DyingOptions } from './testing/dying-program.ts';
import { openPlace } from './testing/place.ts';
import { startProofServers, type ProofServers } from './testing/proof-place.ts';
import { assertEqual, caughtUp, SeenRevisions } from './testing/watch-sources.ts';

const CRASHES = figure(3, 500);
/** Of the machine that a sample runs on nothing is known. */
const SOON_MS = figure(120_000, 5000);

let servers: ProofServers;

beforeAll(async () => {
  servers = await startProofServers(false);
});

afterAll(() => servers.stop());

const names = ['redis', 'search', 'files'] as const;
const moments = ['within', 'after', 'before'] as const;

function crashPoint(number: number): CrashPoint {
  const random = generator(number);
  const source = names[number % names.length] ?? 'redis';
  const when = moments[Math.floor(number / names.length + number) % moments.length] ?? 'within';
  return { source, when, batch: 1 + random(6), afterMs: random(25) };
}

it(
  'between a commit and each source',
  async () => {
    const place = await servers.place();
    const work = async () => {
      let slowest = 0;
      let events = 0;
      const seen = new SeenRevisions();
      for (let crash = 0; crash < CRASHES; crash += 1) {
        const options: DyingOptions = { place, crash: crashPoint(crash) };
        const program = startProgram(fileURLToPath(import.meta.resolve('./testing/dying-program.ts')), options);
        expect(await program.killed()).toBe('SIGKILL');
        // The fault has ended once there is a process again.
        const opened = await openPlace(place, { background: true });
        slowest = Math.max(slowest, (await caughtUp(opened)).tookMs);
        await seen.look(opened);
        if (crash % figure(1, 10) === 0 || crash === CRASHES - 1) await assertEqual(opened);
        const log = await opened.strategy.log.readAll({ direction: 'backward', from: null, limit: 1 });
        events = log.events[0]?.position ?? 0;
        await opened.stop();
      }
      expect(events).toBeGreaterThan(CRASHES);
      expect(slowest).toBeLessThan(SOON_MS);
      return `${CRASHES} crash points over ${events} events: every source equal to SQL, at the slowest ${Math.round(slowest)} ms after another process was there, the lease of the dead one (1 s) included; no revision ever went back in ${seen.looks} looks`;
    };
    await prove({ part: 'converge-crash', property: 'sources converge after a kill', store: 'PostgreSQL' }, work);
  },
  proofTimeoutMs,
);
