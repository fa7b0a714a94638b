// Redis or the search engine is away: every write succeeds, every question is answered about as fast as before, and
// soon nobody asks what does not answer; then it heals.

import { acme, known } from '@paystrata/conformance/random-payments';
import { everyPayment, systemClock, type PaymentId, type SearchPayments } from '@paystrata/application';
import {
  figure,
  proofTimeoutMs,
  prove,
  startToxiproxy,
  waitUntil,
  type FaultyLink,
  type ToxiproxyServer,
} from '@paystrata/test-servers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPlace, type OpenPlace } from './testing/place.ts';
import { startProofServers, type ProofServers } from './testing/proof-place.ts';
import { caughtUp } from './testing/watch-sources.ts';
import { startWriters } from './testing/writers.ts';

const ROUNDS = figure(1, 5);
const READS = figure(60, 1000);
/** At twenty questions a second. */
const EVERY_MS = 50;
/** Of the machine that a sample runs on nothing is known. */
const OPEN_MS = figure(60_000, 1000);
const FACTOR = figure(1000, 2);
/** A time that is shorter than this is not told from it. */
const LEAST_MS = 5;

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

interface World {
  /** Writes and feeds the sources. */
  readonly writer: OpenPlace;
  /** Reads, by connections to SQL of its own. */
  readonly reader: OpenPlace;
  readonly links: Readonly<Record<'redis' | 'search' | 'sql', FaultyLink>>;
  readonly payments: readonly PaymentId[];
  stop(): Promise<void>;
}

async function openWorld(): Promise<World> {
  const place = await servers.place();
  const links = {
    redis: await proxy.link(place.redisUrl),
    search: await proxy.link(place.searchUrl),
    sql: await proxy.link(place.databaseUrl),
  };
  const through = {
    ...place,
    redisUrl: links.redis.through(place.redisUrl),
    searchUrl: links.search.through(place.searchUrl),
  };
  const writer = await openPlace(through, { background: true });
  const reader = await openPlace(
    { ...through, databaseUrl: links.sql.through(place.databaseUrl) },
    // Files would answer every question about one payment: on the machine itself nobody is faster.
    {
      background: false,
      wrap: (source) => (source.name === 'files' ? Object.assign(source, { queries: {} }) : source),
    },
  );
  const payments: PaymentId[] = [];
  while (payments.length < 50) {
    const created = await writer.send({ type: 'CreatePayment', amount: 100, currency: 'EUR' });
    if (!created.ok) throw new Error(created.rejection.message);
    payments.push(created.receipt.paymentId);
  }
  await caughtUp(writer);
  return {
    writer,
    reader,
    links,
    payments,
    stop: async () => void (await Promise.all([reader.stop(), writer.stop()])),
  };
}

const context = { organizationId: acme, atLeast: null, timeoutMs: 20_000 };

async function get({ reader: { strategy }, payments }: World, round: number): Promise<void> {
  const paymentId = known(payments[round % payments.length]);
  const found = await strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, context);
  expect(found?.payment.id).toBe(paymentId);
}

const newest: Omit<SearchPayments, 'limit'> = {
  ...{ type: 'SearchPayments', filter: everyPayment, cursor: null, page: null },
  sort: { by: 'created', descending: true },
};

async function search({ reader: { strategy } }: World, round: number): Promise<void> {
  const page = await strategy.read.search({ ...newest, limit: 1 + (round % 20) }, context);
  expect(page.payments.length).toBeGreaterThan(0);
}

/** An engine that was just started takes seconds for its first answers: a router would leave it alone. */
async function warmUp({ reader: { sources, strategy } }: World): Promise<void> {
  const ask = known(known(sources.find(({ name }) => name === 'search')).queries.search);
  let quick = 0;
  const isQuick = async () => {
    const begun = performance.now();
    await ask({ ...newest, limit: 20 }, { organizationId: acme, epoch: strategy.epoch(), atLeast: 0 });
    quick = performance.now() - begun < 100 ? quick + 1 : 0;
    return quick === 10;
  };
  await waitUntil('an engine that is warm', () => isQuick().catch(() => false), { timeoutMs: 120_000, everyMs: 5 });
}

const measured = ({ reader: { strategy } }: World, what: string, source: string): number =>
  strategy.measure().find(({ name, labels }) => name === `paystrata_${what}` && labels['source'] === source)?.value ??
  0;

/** At a steady rate, whatever each takes. @returns how long each took, in milliseconds, sorted */
async function atARate(count: number, everyMs: number, ask: (round: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  const asked: Promise<unknown>[] = [];
  for (let round = 0; round < count; round += 1) {
    const begun = performance.now();
    asked.push(ask(round).then(() => times.push(performance.now() - begun)));
    await systemClock.sleep(everyMs);
  }
  await Promise.all(asked);
  return times.sort((a, b) => a - b);
}

it(
  'is asked no longer within a second, at twenty questions a second, and again once it is there',
  async () => {
    const world = await openWorld();
    const { links } = world;
    const work = async () => {
      const slowest = { redis: 0, search: 0 };
      // So that others are preferred to SQL, and the fault is met by questions.
      await links.sql.delay(300, 0);
      await warmUp(world);
      for (const [which, ask] of Array.from({ length: ROUNDS }, () => [
        ['redis', get] as const,
        ['search', search] as const,
      ]).flat()) {
        const before = measured(world, 'source_answered_total', which);
        await atARate(40, EVERY_MS, (round) => ask(world, round));
        expect(measured(world, 'source_answered_total', which), which).toBeGreaterThan(before);
        const reads = atARate(60, EVERY_MS, (round) => ask(world, round));
        await links[which].cut();
        const cutAt = performance.now();
        await waitUntil(`an open breaker of ${which}`, () => measured(world, 'source_breaker_open', which) === 1, {
          everyMs: 5,
        });
        slowest[which] = Math.max(slowest[which], performance.now() - cutAt);
        await reads;
        await links[which].mend();
        await waitUntil(`${which} to be asked again`, () => measured(world, 'source_breaker_open', which) === 0);
        await caughtUp(world.writer);
      }
      expect(Math.max(slowest.redis, slowest.search)).toBeLessThan(OPEN_MS);
      return `${ROUNDS} times each: open ${Math.round(slowest.redis)} ms after Redis and ${Math.round(slowest.search)} ms after OpenSearch was cut off, at the slowest; all questions answered; healed each time`;
    };
    await prove(
      { part: 'source-down-breaker', property: 'what is away is soon asked no longer', store: 'PostgreSQL' },
      work,
    );
    await world.stop();
  },
  proofTimeoutMs,
);

it(
  'single payments are read at most twice as slow meanwhile',
  async () => {
    const world = await openWorld();
    const { links } = world;
    const work = async () => {
      const told: string[] = [];
      let acknowledged = 0;
      const p99Of = async () => {
        const times = await atARate(READS, 20, (round) => get(world, round));
        return times[Math.floor(times.length * 0.99)] ?? Number.NaN;
      };
      await p99Of();
      for (const which of ['redis', 'search'] as const) {
        const writers = startWriters(world.writer, 2, 20);
        const before = await p99Of();
        await links[which].cut();
        const meanwhile = await p99Of();
        await writers.stop();
        expect(writers.failures.map(String)).toEqual([]);
        acknowledged += writers.acknowledged;
        await links[which].mend();
        await waitUntil(`${which} to be asked again`, () => measured(world, 'source_breaker_open', which) === 0);
        expect(meanwhile, which).toBeLessThan(Math.max(before, LEAST_MS) * FACTOR);
        told.push(`${which} away: p99 ${meanwhile.toFixed(1)} ms, before ${before.toFixed(1)} ms`);
      }
      return `${READS} reads each, fifty a second: ${told.join('; ')}; ${acknowledged} writes acknowledged, none failed`;
    };
    await prove(
      { part: 'source-down-reads', property: 'reads go on while a source is away', store: 'PostgreSQL' },
      work,
    );
    await world.stop();
  },
  proofTimeoutMs,
);
