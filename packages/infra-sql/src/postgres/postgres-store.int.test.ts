// The cases of every store, on a real PostgreSQL.
import { createMemoryKeyring, type PaymentStore } from '@paystrata/application';
import { startPostgres, type PostgresServer } from '@paystrata/test-servers';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { creation } from '../testing/entries.ts';
import { erasureCases } from '../testing/erasure-cases.ts';
import { journalCases } from '../testing/journal-cases.ts';
import { journalReadingCases } from '../testing/journal-reading-cases.ts';
import { logKeyringCases } from '../testing/log-keyring-cases.ts';
import { sameLogCases } from '../testing/same-log-cases.ts';
import { storeCases } from '../testing/store-cases.ts';
import { everything, type StoreWorld } from '../testing/store-world.ts';
import { createPostgresStore } from './postgres-store.ts';

let server: PostgresServer;
let url: string;
let world: StoreWorld;
const opened: PaymentStore[] = [];

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

beforeEach(async () => {
  url = await server.createDatabase();
  const keyring = createMemoryKeyring();
  const open: StoreWorld['open'] = async (ring = keyring) => {
    const store = createPostgresStore({ url, keyring: ring, poolSize: 4 });
    await store.start();
    opened.push(store);
    return store;
  };
  world = { keyring, open };
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.stop();
});

describe.each([...storeCases, ...erasureCases, ...journalCases, ...journalReadingCases])(
  'on PostgreSQL',
  ({ name, run }) => {
    it(name, () => run(world));
  },
);

describe.each([...logKeyringCases, ...sameLogCases])('a log in PostgreSQL', ({ name, run }) => {
  const changeJournal = async (set: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`update paystrata.journal set ${set}`);
    await client.end();
  };
  it(name, () => run({ ...world, changeJournal }));
});

it('is opened by many processes that start at once', async () => {
  const stores = await Promise.all(Array.from({ length: 8 }, () => world.open()));
  expect(new Set(stores.map((store) => store.epoch())).size).toBe(1);
});

it('begins a new epoch in a copy of the database, once, and goes on where it was', async () => {
  const store = await world.open();
  await store.commit([creation()]);
  const epoch = store.epoch();
  expect((await world.open()).epoch()).toBe(epoch);
  for (const each of opened.splice(0)) await each.stop();
  const copy = await copyOf(url);
  const copies = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const opening = createPostgresStore({ url: copy, keyring: world.keyring, poolSize: 2 });
      await opening.start();
      opened.push(opening);
      return opening;
    }),
  );
  const epochs = new Set(copies.map((each) => each.epoch()));
  expect(epochs.size).toBe(1);
  expect(epochs.has(epoch)).toBe(false);
  expect(await copies[0]?.commit([creation()])).toEqual([{ outcome: 'committed', position: 2 }]);
  expect((await world.open()).epoch()).toBe(epoch);
});

/** What a dump that is restored comes to: the same tables in a database with another number. */
async function copyOf(original: string): Promise<string> {
  const copy = new URL(original);
  copy.pathname = `${copy.pathname}_copy`;
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`create database "${copy.pathname.slice(1)}" template "${new URL(original).pathname.slice(1)}"`);
  await client.end();
  return copy.href;
}

it('reads what the server sends, whatever others told the driver to make of it for everybody', async () => {
  const { INT8, INT4, BOOL, BYTEA } = pg.types.builtins;
  const before = [INT8, INT4, BOOL, BYTEA].map((type) => ({ type, parse: pg.types.getTypeParser(type) as Parser }));
  try {
    for (const { type } of before) pg.types.setTypeParser(type, () => 'nonsense');
    const store = await world.open();
    const entry = creation();
    expect(await store.commit([entry])).toEqual([{ outcome: 'committed', position: 1 }]);
    expect((await store.load(entry, entry.commandId)).appliedVersion).toBe(1);
    expect((await everything(store)).events).toHaveLength(1);
  } finally {
    for (const { type, parse } of before) pg.types.setTypeParser(type, parse);
  }
});

type Parser = (value: string) => unknown;
