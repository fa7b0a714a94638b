// multi-source: what its relays cost a write beside the same record alone, how far the sources are behind, what each kind
// of query takes by each source, and what a relay makes of its server.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, createUuidV7Ids, systemClock, type Strategy } from '@paystrata/application';
import { createEventSourcedStrategy } from '@paystrata/infra-eventsourced';
import { createMultiSourceStrategy } from '@paystrata/infra-multisource';
import { startOpenSearch, startPostgres, startRedis } from '@paystrata/test-servers';
import type { ComparisonResult } from '../harness/compare.ts';
import { creationOrders } from '../harness/entries.ts';
import { latencyOf, reportLatencies, type LatencyRow } from '../harness/latency.ts';
import { at } from './journal-load.ts';
import { benchQueriesBySource } from './multi-source-queries.ts';
import { benchRedisRelay, benchSearchRelay } from './multi-source-relay.ts';

/** A strategy that is not started, on a place of its own. */
type Make = (folder: string) => Promise<Strategy>;

const surroundings = () => ({
  clock: systemClock,
  ids: createUuidV7Ids(systemClock),
  keyring: createMemoryKeyring(),
});
const sqlite = (folder: string) => ({ kind: 'sqlite', path: join(folder, 'journal.db') }) as const;

const ROUNDS = 5;
const COMMANDS = 1500;
const RATE = 1000;
const SECONDS = 5;

/** The bar: a write at the median at most 1.2 times as long as on the record alone. */
export async function benchMultiSource(): Promise<readonly ComparisonResult[]> {
  await compareWrites('SQLite; index in memory and folder beside it', {
    alone: async (folder) => createEventSourcedStrategy({ ...surroundings(), store: sqlite(folder) }),
    beside: async (folder) =>
      createMultiSourceStrategy({ ...surroundings(), store: sqlite(folder), filesDir: join(folder, 'files') }),
  });
  const [postgres, redis, search] = await Promise.all([startPostgres(), startRedis({ own: true }), startOpenSearch()]);
  try {
    const database = async () => ({ kind: 'postgres', url: await postgres.createDatabase() }) as const;
    await compareWrites('PostgreSQL; Redis and OpenSearch beside it', {
      alone: async () => createEventSourcedStrategy({ ...surroundings(), store: await database() }),
      beside: async () =>
        createMultiSourceStrategy({
          ...{ ...surroundings(), store: await database(), memoryPayments: 0 },
          ...{ redisUrl: redis.url, searchUrl: search.url },
        }),
    });
    await benchQueriesBySource({ redisUrl: redis.url, searchUrl: search.url });
    return [await benchRedisRelay(redis.url), await benchSearchRelay(search.url)];
  } finally {
    await Promise.all([postgres.stop(), redis.stop(), search.stop()]);
  }
}

async function compareWrites(title: string, makes: { readonly alone: Make; readonly beside: Make }): Promise<void> {
  const rows: LatencyRow[] = [];
  for (const inFlight of [1, 32]) {
    const alone: number[] = [];
    const beside: number[] = [];
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = await withStrategy(makes.alone, (strategy) => writeTimes(strategy, inFlight));
      const after = await withStrategy(makes.beside, (strategy) => writeTimes(strategy, inFlight));
      alone.push(...before);
      beside.push(...after);
      ratios.push(latencyOf('', after).p50 / latencyOf('', before).p50);
    }
    rows.push(latencyOf(`multi-source, ${inFlight} in flight`, beside));
    rows.push(latencyOf(`the record alone, ${inFlight} in flight`, alone));
    console.log(
      `${title}, ${inFlight} in flight: p50 ÷ p50 by round: ${ratios.map((each) => each.toFixed(2)).join(' ')}`,
    );
  }
  rows.push(...(await withStrategy(makes.beside, lags)));
  reportLatencies('multi-source', `whole command: ${title}`, rows);
}

async function withStrategy<T>(make: Make, work: (strategy: Strategy) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
  const strategy = await make(folder);
  await strategy.start();
  try {
    return await work(strategy);
  } finally {
    await strategy.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Of each command by itself, so many of them under way. */
async function writeTimes({ write }: Strategy, inFlight: number): Promise<readonly number[]> {
  const orders = creationOrders(COMMANDS);
  const times: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < orders.length) {
      const order = at(orders, next++);
      const begun = performance.now();
      const result = await write.execute(order);
      times.push(performance.now() - begun);
      if (!result.ok) throw new Error(`refused: ${result.rejection.message}`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  // The first tenth warms up.
  return times.slice(times.length / 10);
}

/** How long after a commit the source is known to have it, at a steady rate of commands. */
async function lags(strategy: Strategy): Promise<readonly LatencyRow[]> {
  const orders = creationOrders(RATE * SECONDS);
  const seen = new Map<string, number[]>();
  const pending: Promise<unknown>[] = [];
  const begun = performance.now();
  for (let sent = 0; sent < orders.length;) {
    const due = Math.min(orders.length, Math.floor(((performance.now() - begun) / 1000) * RATE));
    for (; sent < due; sent += 1) pending.push(Promise.resolve(strategy.write.execute(at(orders, sent))));
    for (const { name, value, labels } of strategy.measure()) {
      if (name !== 'paystrata_relay_lag_seconds') continue;
      const source = labels['source'] ?? '';
      seen.set(source, [...(seen.get(source) ?? []), value * 1000]);
    }
    await systemClock.sleep(5);
  }
  await Promise.all(pending);
  return [...seen].map(([source, times]) => latencyOf(`lag of ${source} at ${RATE} commands/s`, times));
}
