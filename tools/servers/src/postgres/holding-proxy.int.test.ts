// The proxy that holds transactions open, on a real server: what is held is not seen, and each end is what it says.

import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { waitUntil } from '../wait-until.ts';
import { type HoldingProxy, startHoldingProxy } from './holding-proxy.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';

let server: PostgresServer;
let url: string;
let direct: pg.Client;
let proxy: HoldingProxy;
let plan: { holdMs: number; end: 'commit' | 'rollback' | 'lose-answer' };
let proxied: pg.Client;

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  direct = new pg.Client({ connectionString: url });
  await direct.connect();
  await direct.query('create table kept (text text)');
  proxy = await startHoldingProxy(url, { trigger: 'held', plan: () => plan });
});

afterEach(async () => {
  await direct.query('truncate kept');
  await proxied.end().catch(() => undefined);
});

afterAll(async () => {
  await proxy.stop();
  await direct.end();
  await server.stop();
});

async function insert(text: string): Promise<unknown> {
  proxied = new pg.Client({ connectionString: proxy.url });
  proxied.on('error', () => undefined);
  await proxied.connect();
  return proxied.query('insert into kept values ($1)', [text]);
}

async function rows(): Promise<number> {
  const { rows: found } = await direct.query<{ count: number }>('select count(*)::int as count from kept');
  return found[0]?.count ?? 0;
}

async function isHeld(): Promise<boolean> {
  const query = `select 1 from pg_stat_activity where state = 'idle in transaction' and datname = current_database()`;
  return (await direct.query(query)).rows.length > 0;
}

test('a statement without the trigger goes through as it is', async () => {
  await insert('free');
  expect(await rows()).toBe(1);
  expect(proxy.counts).toEqual({ commit: 0, rollback: 0, 'lose-answer': 0 });
});

test('a held one is seen by nobody until it is committed', async () => {
  plan = { holdMs: 300, end: 'commit' };
  const inserted = insert('held');
  await waitUntil('the transaction to be open', isHeld);
  expect(await rows()).toBe(0);
  await inserted;
  expect(await rows()).toBe(1);
  expect((await proxied.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('one that is rolled back fails and leaves nothing', async () => {
  plan = { holdMs: 0, end: 'rollback' };
  await expect(insert('held')).rejects.toThrow('terminated');
  expect(await rows()).toBe(0);
});

test('one whose answer is lost fails and is there', async () => {
  plan = { holdMs: 0, end: 'lose-answer' };
  await expect(insert('held')).rejects.toThrow('terminated');
  expect(await rows()).toBe(1);
  expect(proxy.counts).toEqual({ commit: 1, rollback: 1, 'lose-answer': 1 });
});
