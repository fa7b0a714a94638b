// memory-cqrs with Redis as the second level of its cache: the kit, and Redis killed and started again under load.

import { startRedis, type RedisServer } from '@paystrata/test-servers';
import type { ConformanceFactory } from '@paystrata/conformance';
import { describeDifferential } from '@paystrata/conformance/differential';
import { describeConformance } from '@paystrata/conformance/vitest';
import type { Measurement } from '@paystrata/application';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryCqrsStrategy, type MemoryCqrsStrategy } from './memory-cqrs.ts';
import { creation, describing, done, newest, reading, startStrategy, until } from './testing/test-strategy.ts';

let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis({ own: true });
});

afterAll(async () => {
  await redis.stop();
});

const factory: ConformanceFactory = {
  async create({ clock, ids }) {
    // One entry in the first level: nearly every answer has to come by way of Redis.
    const strategy = createMemoryCqrsStrategy({ clock, ids, redisUrl: redis.url, cacheEntries: 1 });
    await strategy.start();
    return { strategy, dispose: () => strategy.stop() };
  },
};

describeConformance('memory-cqrs-redis', factory, { timeoutMs: 60_000 });
describeDifferential('memory-cqrs-redis', factory, { runs: 10 });

const routedByPayment: ConformanceFactory = {
  async create({ clock, ids }) {
    const strategy = createMemoryCqrsStrategy({ clock, ids, routingField: 'paymentId' });
    await strategy.start();
    return { strategy, dispose: () => strategy.stop() };
  },
};

describeDifferential('memory-cqrs, routed by payment', routedByPayment, { runs: 10 });

describe('memory-cqrs with Redis', () => {
  const measured = (strategy: MemoryCqrsStrategy, name: string): number =>
    strategy.measure().find((each: Measurement) => each.name === `paystrata_${name}` && each.labels['level'] === '2')
      ?.value ?? Number.NaN;

  it('finds there what its own memory had no room for, and leaves nothing readable there', async () => {
    const strategy = await startStrategy({ redisUrl: redis.url, cacheEntries: 1 });
    const { position } = await done(strategy, creation({ personal: { description: 'Ada Lovelace pays' } }));
    const ask = async (limit: number) => (await strategy.read.search({ ...newest, limit }, reading(position))).payments;
    // The connection comes up in the background: asked until it is there and has kept the answer.
    const hits = async () => {
      expect(await ask(1)).toEqual(await ask(2));
      return measured(strategy, 'cache_hits_total');
    };
    await expect.poll(hits, { timeout: 10_000 }).toBeGreaterThan(10);
    const client = await createClient({ url: redis.url }).connect();
    const keys = await client.keys(`paystrata:${strategy.epoch()}:*`);
    const texts = await client.mGet(keys);
    client.destroy();
    expect(keys.length).toBeGreaterThanOrEqual(2);
    expect([...keys, ...texts].join().search(/lovelace|personal/i)).toBe(-1);
    await strategy.stop();
  });

  it('answers every question while Redis is killed, hangs and comes back, and uses it again', async () => {
    const strategy = await startStrategy({ redisUrl: redis.url, cacheEntries: 1 });
    let { paymentId, position } = await done(strategy, creation());
    const failures: unknown[] = [];
    let [answers, stale, isOver, version] = [0, 0, false, 1];
    const reader = async (limit: number) => {
      while (!isOver) {
        const seen = { position, version };
        const sort = { by: 'created', descending: limit % 2 === 0 } as const;
        try {
          const page = await strategy.read.search({ ...newest, limit, sort }, reading(seen.position));
          answers += 1;
          if ((page.payments[0]?.payment.version ?? 0) < seen.version) stale += 1;
        } catch (error) {
          failures.push(error);
        }
        // Redis, the sockets and the timers must get their turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const readers = Promise.all(Array.from({ length: 16 }, (_, n) => reader(n + 1)));
    const write = async () => {
      const receipt = await done(strategy, describing(paymentId, `change ${version}`));
      ({ paymentId, position, version } = receipt);
    };
    const untilAnswers = async (more: number) => {
      const before = answers;
      await until(() => answers >= before + more);
    };
    for (let round = 0; round < 3; round += 1) {
      const hits = measured(strategy, 'cache_hits_total');
      await expect.poll(() => measured(strategy, 'cache_hits_total'), { timeout: 10_000 }).toBeGreaterThan(hits + 10);
      await redis.kill9();
      await write();
      await expect.poll(() => measured(strategy, 'cache_breaker_open'), { timeout: 10_000 }).toBe(1);
      await untilAnswers(500);
      await redis.restart();
      await write();
      await expect.poll(() => measured(strategy, 'cache_breaker_open'), { timeout: 10_000 }).toBe(0);
      redis.suspend();
      await write();
      await expect.poll(() => measured(strategy, 'cache_breaker_open'), { timeout: 10_000 }).toBe(1);
      await untilAnswers(500);
      redis.resume();
      await expect.poll(() => measured(strategy, 'cache_breaker_open'), { timeout: 10_000 }).toBe(0);
    }
    isOver = true;
    await readers;
    expect([failures, stale]).toEqual([[], 0]);
    expect(answers).toBeGreaterThan(3000);
    await strategy.stop();
  });

  it('starts without Redis, and says so', async () => {
    const strategy = await startStrategy({ redisUrl: 'redis://127.0.0.1:1', cacheEntries: 1 });
    const { position } = await done(strategy, creation());
    await expect
      .poll(async () => {
        for (const limit of [1, 2]) await strategy.read.search({ ...newest, limit }, reading(position));
        const { healthy, sources } = await strategy.health();
        return [healthy, sources.find(({ name }) => name === 'redis')?.healthy];
      })
      .toEqual([true, false]);
    await strategy.stop();
  });
});
