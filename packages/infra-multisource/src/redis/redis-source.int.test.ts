// Redis as a source: what it holds, what it forgets, and what becomes of it when the server is away or refuses.

import { PortFailure } from '@paystrata/application';
import { acme, known, other } from '@paystrata/conformance/random-payments';
import type { OrganizationId } from '@paystrata/domain';
import { redisCommand, startRedis, startToxiproxy, waitUntil, type RedisServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentSource } from '../ports/source.ts';
import { declareSourceCases, documentAt, epoch, found, keyOf } from '../testing/source-cases.ts';
import { createRedisSource } from './redis-source.ts';

let server: RedisServer;
let source: PaymentSource;

const open = async (options: Partial<Parameters<typeof createRedisSource>[0]> = {}, log = epoch) => {
  const made = createRedisSource({ url: server.url, prefix: 'test-sources', timeoutMs: 5000, ...options });
  await made.open(log);
  return made;
};

beforeAll(async () => {
  server = await startRedis({ own: true });
  source = await open();
});

afterAll(async () => {
  await source.close();
  await server.stop();
});

describe('as every source', () => declareSourceCases(() => source, 40));

it('cannot tell of a payment that it does not have', async () => {
  await source.clear();
  expect(await found(source, keyOf(1))).toBeNull();
});

it('holds nothing once it was emptied, and answers nothing', async () => {
  await source.clear();
  await source.apply({ from: 0, to: 3, documents: [documentAt(1, 3)], events: [] });
  await redisCommand(server.url, 'FLUSHALL');
  expect(await source.held()).toBeNull();
  expect(await found(source, keyOf(1))).toBeNull();
  expect(await source.apply({ from: 3, to: 4, documents: [documentAt(1, 4)], events: [] })).toBeNull();
  await expect(source.put([documentAt(1, 4)], 4)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await source.clear();
  expect(await source.held()).toBe(0);
});

it('leaves out an old state of a payment whose newer one may have been forgotten', async () => {
  await source.clear();
  await source.apply({ from: 0, to: 10, documents: [documentAt(1, 10)], events: [] });
  await redisCommand(
    server.url,
    'EVAL',
    `for _, k in ipairs(redis.call('KEYS', '*payment*')) do redis.call('DEL', k) end`,
    '0',
  );
  await source.apply({ from: 0, to: 7, documents: [documentAt(1, 7)], events: [] });
  expect(await found(source, keyOf(1))).toBeNull();
  await source.put([documentAt(1, 7)]);
  expect(await found(source, keyOf(1))).toBeNull();
  await source.put([documentAt(1, 10)], 10);
  expect(await found(source, keyOf(1))).toMatchObject({ answer: { position: 10 }, position: 10 });
  expect(await source.entries({ organizationId: acme, from: null, to: null }, 10)).toHaveLength(1);
});

it('moves with the last part of a large batch, and not where an earlier part was not put', async () => {
  await source.clear();
  const numbers = Array.from({ length: 200 }, (_, index) => index + 1);
  const documents = numbers.map((each) => documentAt(each, each));
  const [own, others] = [acme, other].map((name) => documents.filter(({ organizationId }) => organizationId === name));
  // The first hundred are of one organization, whose ids are of another kind; the last part alone would be put.
  const batch = { from: 0, to: 200, documents: [...known(own).slice(0, 100), ...known(others)], events: [] };
  const spoil = (command: string) =>
    redisCommand(
      server.url,
      'EVAL',
      `for _, k in ipairs(redis.call('KEYS', '*:ids:${acme}')) do redis.call(${command}) end`,
      '0',
    );
  await source.put([documentAt(199, 1)]);
  await spoil(`'SET', k, 'not ids'`);
  await expect(source.apply(batch)).rejects.toThrow('WRONGTYPE');
  expect(await source.held()).toBe(0);
  await spoil(`'DEL', k`);
  expect(await source.apply(batch)).toBe(200);
  expect(await source.held()).toBe(200);
  const idsOf = async (organizationId: OrganizationId) =>
    source.entries({ organizationId, from: null, to: null }, 1000);
  expect([await idsOf(acme), await idsOf(other)].map(({ length }) => length)).toEqual([100, 50]);
});

it('keeps the logs of two epochs apart, and forgets both at once', async () => {
  const another = await open({}, 'another-epoch');
  await source.clear();
  await another.apply({ from: 0, to: 1, documents: [], events: [] });
  expect(await another.held()).toBeNull();
  await another.clear();
  expect(await source.held()).toBeNull();
  expect(await another.held()).toBe(0);
  await another.close();
});

it('forgets after its time to live, and goes on', async () => {
  const brief = await open({ ttlSeconds: 0.05 });
  await brief.clear();
  await brief.apply({ from: 0, to: 1, documents: [documentAt(1, 1)], events: [] });
  await waitUntil('the payment to be forgotten', async () => (await found(brief, keyOf(1))) === null);
  expect(await brief.held()).toBe(1);
  expect(await brief.entries({ organizationId: acme, from: null, to: null }, 10)).toEqual([]);
  await brief.close();
});

it('says that it is full, and moves no position then', async () => {
  await using small = await startRedis({ own: true, args: ['--maxmemory', '2mb', '--maxmemory-policy', 'noeviction'] });
  const full = await open({ url: small.url });
  await full.clear();
  const documents = Array.from({ length: 5000 }, (_, index) => documentAt(index + 1, index + 1));
  await expect(full.apply({ from: 0, to: 5000, documents, events: [] })).rejects.toMatchObject({ code: 'STORE_FULL' });
  expect(await full.held()).toBe(0);
  await full.close();
});

describe('failures', () => {
  it('a login that is refused is said at the start, without the password', async () => {
    await redisCommand(server.url, 'ACL', 'SETUSER', 'someone', 'on', '>right', '~*', '+@all');
    const url = server.url.replace('redis://', 'redis://someone:wrong-secret@');
    const refused = await open({ url }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PortFailure);
    expect(refused).toMatchObject({ code: 'CONFIG_INVALID' });
    expect(String(refused)).toContain('Redis refuses what PAYSTRATA_REDIS_URL says: WRONGPASS');
    expect(String(refused)).not.toContain('wrong-secret');
  });

  it('a URL of something else is refused', async () => {
    const message = 'PAYSTRATA_REDIS_URL must be a URL such as redis://user:password@host:6379/0';
    await expect(open({ url: 'http://127.0.0.1:1' })).rejects.toMatchObject({ code: 'CONFIG_INVALID', message });
  });

  it('one that is not there is waited for', async () => {
    await using late = await startRedis({ own: true });
    await late.kill9();
    const waiting = await open({ url: late.url });
    await expect(waiting.held()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
    await late.restart();
    await waitUntil('Redis to be back', async () => (await waiting.held()) === null, { timeoutMs: 5000 });
    await waiting.close();
  });

  it('a connection that swallows everything is given up, and another one made', async () => {
    await using proxy = await startToxiproxy();
    const link = await proxy.link(server.url);
    const linked = await open({ url: link.through(server.url), timeoutMs: 100 });
    await linked.clear();
    await link.swallow();
    await expect(linked.held()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await link.mend();
    await waitUntil('another connection', async () => (await linked.held()) === 0, { timeoutMs: 5000 });
    await linked.close();
  });
});
