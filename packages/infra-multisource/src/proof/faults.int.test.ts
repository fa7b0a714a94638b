// Faults of the network and servers that stand still: every write succeeds meanwhile, questions are answered, and all
// sources are equal soon after.

import { fileURLToPath } from 'node:url';
import {
  figure,
  proofTimeoutMs,
  prove,
  startProgram,
  startToxiproxy,
  waitUntil,
  type FaultyLink,
  type ToxiproxyServer,
} from '@paystrata/test-servers';
import { systemClock } from '@paystrata/application';
import { acme, known } from '@paystrata/conformance/random-payments';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DyingOptions } from './testing/dying-program.ts';
import { openPlace, type OpenPlace } from './testing/place.ts';
import { startProofServers, type ProofServers } from './testing/proof-place.ts';
import { assertEqual, caughtUp, SeenRevisions } from './testing/watch-sources.ts';
import { startWriters, type Writers } from './testing/writers.ts';

const ROUNDS = figure(1, 10);
const FAULT_MS = figure(800, 10_000);
/** Of the machine that a sample runs on nothing is known. */
const SOON_MS = figure(120_000, 5000);

let servers: ProofServers;
let proxy: ToxiproxyServer;

beforeAll(async () => {
  servers = await startProofServers(true);
  proxy = await startToxiproxy();
});

afterAll(async () => {
  await proxy.stop();
  await servers.stop();
});

interface Fault {
  readonly name: string;
  begin(links: Readonly<Record<'redis' | 'search', FaultyLink>>): Promise<void>;
  end(links: Readonly<Record<'redis' | 'search', FaultyLink>>): Promise<void>;
}

const onLinks = (name: string, spoil: (link: FaultyLink) => Promise<void>): readonly Fault[] =>
  (['redis', 'search'] as const).map((which) => ({
    name: `${which} ${name}`,
    begin: (links) => spoil(links[which]),
    end: (links) => links[which].mend(),
  }));

const faults: readonly Fault[] = [
  ...onLinks('slow', (link) => link.delay(300, 200)),
  ...onLinks('cut', (link) => link.cut()),
  ...onLinks('half-open', (link) => link.swallow()),
  ...onLinks('reset after the work', (link) => link.loseAnswers()),
  ...(['redis', 'search'] as const).map((which): Fault => ({
    name: `${which} held still`,
    begin: async () => servers[which].suspend(),
    end: async () => servers[which].resume(),
  })),
];

/** Reads single payments while the fault is there; every answer contains what was acknowledged before it was asked. */
async function readMeanwhile({ strategy }: OpenPlace, writers: Writers, until: number): Promise<number> {
  let reads = 0;
  while (performance.now() < until) {
    const receipt = [...writers.receipts.values()].at(-1);
    if (receipt !== undefined) {
      const { paymentId, position, version } = receipt;
      const context = { organizationId: acme, atLeast: position, timeoutMs: 5000 };
      const document = await strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, context);
      expect(known(document).payment.version).toBeGreaterThanOrEqual(version);
      reads += 1;
    }
    await systemClock.sleep(20);
  }
  return reads;
}

it(
  'of the network, and servers that stand still',
  async () => {
    const place = await servers.place();
    const links = { redis: await proxy.link(place.redisUrl), search: await proxy.link(place.searchUrl) };
    const through = {
      ...place,
      redisUrl: links.redis.through(place.redisUrl),
      searchUrl: links.search.through(place.searchUrl),
    };
    const work = async () => {
      const opened = await openPlace(through, { background: true });
      const seen = new SeenRevisions();
      let [slowest, slowestFault, reads, acknowledged] = [0, '', 0, 0];
      for (const fault of Array.from({ length: ROUNDS }, () => faults).flat()) {
        const writers = startWriters(opened, 2, 20);
        await waitUntil('a first payment', () => writers.acknowledged > 0);
        await fault.begin(links);
        reads += await readMeanwhile(opened, writers, performance.now() + FAULT_MS);
        await writers.stop();
        await fault.end(links);
        expect(writers.failures, fault.name).toEqual([]);
        acknowledged += writers.acknowledged;
        const { tookMs, slowest: source } = await caughtUp(opened);
        if (tookMs > slowest) [slowest, slowestFault] = [tookMs, `${source}, ${fault.name}`];
        await seen.look(opened);
        await assertEqual(opened);
      }
      await opened.stop();
      expect(slowest, slowestFault).toBeLessThan(SOON_MS);
      return `${faults.length * ROUNDS} faults of ${FAULT_MS / 1000} s: ${acknowledged} writes acknowledged, none failed; ${reads} reads, none stale; all sources equal at the slowest ${Math.round(slowest)} ms after the fault (${slowestFault}); no revision ever went back`;
    };
    await prove({ part: 'converge-network', property: 'sources converge after faults', store: 'PostgreSQL' }, work);
  },
  proofTimeoutMs,
);

it(
  'the process that has the lease stands still and comes back',
  async () => {
    const place = await servers.place();
    const work = async () => {
      const options: DyingOptions = { place, crash: null };
      const program = startProgram(fileURLToPath(import.meta.resolve('./testing/dying-program.ts')), options);
      await program.until(1);
      const opened = await openPlace(place, { background: true });
      const seen = new SeenRevisions();
      for (let round = 0; round < ROUNDS; round += 1) {
        await waitUntil(
          'sources that are fed',
          async () => ((await known(opened.sources[0]).held()) ?? 0) > 20 * round,
        );
        program.suspend();
        // Long enough for the other one to take over all leases, and to go far ahead.
        const end = performance.now() + FAULT_MS * 2;
        const writers = startWriters(opened, 2, 10);
        while (performance.now() < end) await seen.look(opened);
        await writers.stop();
        expect(writers.failures).toEqual([]);
        expect((await caughtUp(opened)).tookMs).toBeLessThan(SOON_MS);
        program.resume();
        await seen.look(opened);
      }
      await program.kill();
      const { tookMs } = await caughtUp(opened);
      await seen.look(opened);
      await assertEqual(opened);
      await opened.stop();
      return `${ROUNDS} times held still for ${(FAULT_MS * 2) / 1000} s while another process took over, then let go: equal ${Math.round(tookMs)} ms after the last; no revision ever went back in ${seen.looks} looks`;
    };
    await prove({ part: 'converge-lease', property: 'a late process does no harm', store: 'PostgreSQL' }, work);
  },
  proofTimeoutMs,
);
