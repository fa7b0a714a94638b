// Toxiproxy: each fault does what its name says to a real Redis, and is over when it is mended.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { redisCommand } from '../redis/redis-command.ts';
import { type RedisServer, startRedis } from '../redis/redis.ts';
import type { FaultyLink } from './faulty-link.ts';
import { type ToxiproxyServer, startToxiproxy } from './toxiproxy.ts';

let redis: RedisServer;
let toxiproxy: ToxiproxyServer;
let link: FaultyLink;
let url: string;

beforeAll(async () => {
  [redis, toxiproxy] = await Promise.all([startRedis({ own: true }), startToxiproxy()]);
  link = await toxiproxy.link(redis.url);
  url = link.through(redis.url);
});

afterEach(async () => {
  await link.mend();
  expect(await redisCommand(url, 'PING')).toBe('+PONG');
});

afterAll(() => Promise.all([redis.stop(), toxiproxy.stop()]));

test('a cut link refuses', async () => {
  await link.cut();
  await expect(redisCommand(url, 'PING')).rejects.toThrow('ECONNREFUSED');
});

test('a swallowing link is silent', async () => {
  await link.swallow();
  await expect(redisCommand(url, 'INCR', 'swallowed')).rejects.toThrow('longer than');
  expect(await redisCommand(redis.url, 'EXISTS', 'swallowed')).toBe(':0');
});

test('a link that loses answers has the work done', async () => {
  await link.loseAnswers();
  await expect(redisCommand(url, 'INCR', 'counted')).rejects.toThrow(/ECONNRESET|closed/);
  expect(await redisCommand(redis.url, 'INCR', 'counted')).toBe(':2');
});

test('a delayed link answers later', async () => {
  await link.delay(10_000);
  await link.delay(150);
  const before = performance.now();
  await redisCommand(url, 'PING');
  expect(performance.now() - before).toBeGreaterThan(145);
});

test('a removed link is gone, another one works', async () => {
  const other = await toxiproxy.link(`127.0.0.1:${new URL(redis.url).port}`);
  expect(await redisCommand(other.through(redis.url), 'PING')).toBe('+PONG');
  await other.remove();
  await expect(redisCommand(other.through(redis.url), 'PING')).rejects.toThrow('ECONNREFUSED');
});
