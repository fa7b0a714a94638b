// Two processes that share a Redis count together; each goes on by itself while Redis is away or stands still.

import { startRedis, type RedisServer } from '@paystrata/test-servers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';

/** No point comes back within the test. */
const limits = { ratePerSecond: 1, burst: 150 };
let redis: RedisServer;
let apis: readonly [ApiUnderTest, ApiUnderTest];

beforeAll(async () => {
  redis = await startRedis({ own: true });
});

afterAll(() => redis.stop());

beforeEach(async () => {
  const storage = { strategy: 'memory-cqs', redisUrl: redis.url } as const;
  apis = [await openApi({ limits, storage }), await openApi({ limits, storage })];
  // The connection comes up in the background.
  await expect.poll(() => Promise.all(apis.map(isShared)), { timeout: 10_000 }).toEqual([true, true]);
});

afterEach(async () => {
  for (const api of apis) await api.close();
});

function isShared({ composition }: ApiUnderTest): Promise<boolean> {
  const counter = composition.sharedRates;
  if (counter === null) throw new Error('no count is shared');
  return counter.take('nobody').then(
    () => true,
    () => false,
  );
}

/** Of somebody without a valid key the address is counted. */
async function knock(api: ApiUnderTest, remoteAddress: string): Promise<number> {
  return (await api.app.inject({ url: '/v1/payments', remoteAddress })).statusCode;
}

/** How many of so many knocks at both, in turn, were let through. */
async function letThrough(knocks: number, address: string): Promise<number> {
  let count = 0;
  for (let number = 0; number < knocks; number++) {
    if ((await knock(apis[number % 2 === 0 ? 0 : 1], address)) === 401) count++;
  }
  return count;
}

it('is one limit for both; each process has its own where Redis is killed, and they share again when it is back', async () => {
  expect(await letThrough(200, '10.0.0.1')).toBe(150);
  await redis.kill9();
  expect(await letThrough(350, '10.0.0.2')).toBe(300);
  await redis.restart();
  await expect.poll(() => Promise.all(apis.map(isShared)), { timeout: 10_000 }).toEqual([true, true]);
  expect(await letThrough(200, '10.0.0.3')).toBe(150);
});

it('is answered without Redis while that stands still', async () => {
  redis.suspend();
  try {
    expect(await letThrough(20, '10.0.0.4')).toBe(20);
  } finally {
    redis.resume();
  }
});
