// PostgreSQL: it answers, keeps what was committed through a kill, stands beside others, and says why it did not start.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ServerNotOurs, ServerStartFailed } from '../server-failure.ts';
import { postgresPrograms } from './postgres-programs.ts';
import { type PostgresServer, postgresVariable, startPostgres } from './postgres.ts';

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres({ own: true });
});

afterAll(() => server.stop());

afterEach(() => vi.unstubAllEnvs());

test('is PostgreSQL 18, in UTF-8, syncing to disk', async () => {
  expect(await ask(server.url, 'show server_version')).toMatch(/^18\./);
  expect(await ask(server.url, 'show server_encoding')).toBe('UTF8');
  expect(await ask(server.url, 'show fsync')).toBe('on');
});

test('gives each caller a database of its own', async () => {
  const urls = await Promise.all([server.createDatabase(), server.createDatabase(), server.createDatabase()]);
  expect(new Set(urls).size).toBe(3);
  for (const url of urls) await ask(url, 'create table kept as select 1 as one');
});

test('copies a template', async () => {
  const template = await server.createDatabase({ prefix: 'template' });
  await ask(template, 'create table kept as select 42 as answer');
  const copy = await server.createDatabase({ template: new URL(template).pathname.slice(1) });
  expect(await ask(copy, 'select answer from kept')).toBe(42);
});

test('keeps what was committed when it is killed, on the same port', async () => {
  const url = await server.createDatabase();
  await ask(url, 'create table kept as select 7 as seven');
  await server.kill9();
  expect(server.pid).toBeUndefined();
  await expect(ask(url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  await server.restart();
  expect(await ask(url, 'select seven from kept')).toBe(7);
});

test('answers nothing while it is held still, and goes on where it was', async () => {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  server.suspend();
  const asked = client.query<{ one: number }>('select 1 as one');
  await expect(ask(server.url, 'select 1', 200)).rejects.toThrow('timeout');
  server.resume();
  expect((await asked).rows).toEqual([{ one: 1 }]);
  await client.end();
});

test('two stand side by side; a stopped one leaves nothing', async () => {
  const [left, right] = await Promise.all([startPostgres({ own: true }), startPostgres({ own: true })]);
  expect(new URL(left.url).port).not.toBe(new URL(right.url).port);
  await ask(left.url, 'create table only_here ()');
  expect(await ask(right.url, `select to_regclass('only_here')`)).toBeNull();
  await Promise.all([left.stop(), right.stop()]);
  expect([left.folder, right.folder].some((folder) => existsSync(folder ?? ''))).toBe(false);
  await left.stop();
});

test('a data folder of the caller outlives the server', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'paystrata-kept-'));
  try {
    const first = await startPostgres({ own: true, dataFolder });
    await ask(first.url, 'create table kept as select 3 as three');
    await first.stop();
    await using second = await startPostgres({ own: true, dataFolder });
    expect(await ask(second.url, 'select three from kept')).toBe(3);
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
});

test('one that does not start fails with the end of its log', async () => {
  const starting = startPostgres({ own: true, settings: { shared_buffers: 'nonsense' } });
  await expect(starting).rejects.toThrow(ServerStartFailed);
  await expect(starting).rejects.toThrow(/ended with exit code 1[^]*shared_buffers[^]*nonsense/);
});

test('one given by the environment is used, cleaned up, and never killed', async () => {
  vi.stubEnv(postgresVariable, server.url);
  const given = await startPostgres();
  expect(given).toMatchObject({ external: true, url: server.url });
  const url = await given.createDatabase();
  expect(await ask(url, 'select 1')).toBe(1);
  await expect(given.kill9()).rejects.toThrow(ServerNotOurs);
  expect(() => given.suspend()).toThrow(postgresVariable);
  await given.stop();
  await expect(ask(url, 'select 1')).rejects.toThrow('does not exist');
});

test('a given one that does not answer fails the run', async () => {
  vi.stubEnv(postgresVariable, 'postgres://nobody@127.0.0.1:1/nothing');
  await expect(startPostgres()).rejects.toThrow('ECONNREFUSED');
});

test('a platform without programs is told what to do', () => {
  expect(() => postgresPrograms('linux', 'abacus')).toThrow(/linux-abacus@.*PAYSTRATA_TEST_POSTGRES_URL/);
});

async function ask(url: string, statement: string, withinMs = 5_000): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: withinMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end().catch(() => undefined);
  }
}
