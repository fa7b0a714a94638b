// Redis: it answers, keeps what it was told to through a kill, stands beside others, and says why it did not start.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { ServerNotOurs, ServerProgramMissing, ServerStartFailed } from '../server-failure.ts';
import { redisCommand } from './redis-command.ts';
import { redisVariable, startRedis } from './redis.ts';

afterEach(() => vi.unstubAllEnvs());

test('answers a PING, and leaves nothing', async () => {
  const server = await startRedis({ own: true });
  expect(await redisCommand(server.url, 'PING')).toBe('+PONG');
  await server.stop();
  expect(existsSync(server.folder ?? '')).toBe(false);
  await expect(redisCommand(server.url, 'PING')).rejects.toThrow('ECONNREFUSED');
});

test('a durable one keeps every acknowledged write when it is killed', async () => {
  await using server = await startRedis({ own: true, durable: true });
  expect(await redisCommand(server.url, 'SET', 'kept', 'yes')).toBe('+OK');
  await server.kill9();
  await server.restart();
  expect(await redisCommand(server.url, 'EXISTS', 'kept')).toBe(':1');
});

test('another one forgets', async () => {
  await using server = await startRedis({ own: true });
  await redisCommand(server.url, 'SET', 'forgotten', 'yes');
  await server.restart();
  expect(await redisCommand(server.url, 'EXISTS', 'forgotten')).toBe(':0');
});

test('answers nothing while it is held still, and then goes on', async () => {
  await using server = await startRedis({ own: true });
  server.suspend();
  await expect(redisCommand(server.url, 'PING')).rejects.toThrow('longer than');
  server.resume();
  expect(await redisCommand(server.url, 'PING')).toBe('+PONG');
});

test('ten stand side by side', async () => {
  const servers = await Promise.all(Array.from({ length: 10 }, () => startRedis({ own: true })));
  expect(new Set(servers.map(({ url }) => url)).size).toBe(10);
  for (const { url } of servers) expect(await redisCommand(url, 'INCR', 'count')).toBe(':1');
  await Promise.all(servers.map((server) => server.stop()));
});

test('one that does not start fails with the end of its log', async () => {
  const starting = startRedis({ own: true, args: ['--nonsense', 'yes'] });
  await expect(starting).rejects.toThrow(ServerStartFailed);
  await expect(starting).rejects.toThrow(/ended with exit code 1[^]*nonsense/);
});

test('one given by the environment is used, with its password, and never killed', async () => {
  await using server = await startRedis({ own: true, durable: true });
  await redisCommand(server.url, 'CONFIG', 'SET', 'requirepass', 'secret word');
  await expect(redisCommand(server.url, 'PING')).rejects.toThrow('NOAUTH');
  vi.stubEnv(redisVariable, server.url.replace('//', '//:secret%20word@'));
  const given = await startRedis();
  expect(given.external).toBe(true);
  expect(await redisCommand(given.url, 'PING')).toBe('+PONG');
  await expect(given.restart()).rejects.toThrow(ServerNotOurs);
  await given.stop();
  expect(await redisCommand(given.url, 'PING')).toBe('+PONG');
});

test('where it is absent and cannot be installed, the message says what to do', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'paystrata-empty-'));
  try {
    vi.stubEnv('PAYSTRATA_CACHE_DIR', join(empty, 'cache'));
    vi.stubEnv('PATH', empty);
    const starting = startRedis({ own: true });
    await expect(starting).rejects.toThrow(ServerProgramMissing);
    await expect(starting).rejects.toThrow(/no redis-server.*PAYSTRATA_TEST_REDIS_URL/);
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
});
