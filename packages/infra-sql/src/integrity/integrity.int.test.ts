// Archive and integrity on a real PostgreSQL.
import { createMemoryKeyring, type PaymentStore } from '@paystrata/application';
import { startPostgres, type PostgresServer } from '@paystrata/test-servers';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { createPostgresStore } from '../postgres/postgres-store.ts';
import { archiveCases } from '../testing/archive-cases.ts';
import { integrityCases } from '../testing/integrity-cases.ts';
import type { IntegrityWorld } from '../testing/integrity-world.ts';

let server: PostgresServer;
const opened: PaymentStore[] = [];

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

afterEach(async () => {
  for (const store of opened.splice(0)) await store.stop();
});

async function query(url: string, sql: string, values: readonly unknown[]) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

function worldAt(url: string, keyring = createMemoryKeyring()): IntegrityWorld {
  return {
    open: async (ring = keyring) => {
      const store = createPostgresStore({ url, keyring: ring, poolSize: 4 });
      await store.start();
      opened.push(store);
      return store;
    },
    tamper: async (sql, ...values) => void (await query(url, sql, values)),
    look: (sql) => query(url, sql, []),
    copy: async () => {
      const copied = await server.createDatabase();
      const [from, to] = [url, copied].map((each) => new URL(each).pathname.slice(1));
      const admin = Object.assign(new URL(url), { pathname: '/postgres' }).href;
      await query(admin, `drop database "${to}"`, []);
      await query(admin, `create database "${to}" template "${from}"`, []);
      return worldAt(copied, keyring);
    },
  };
}

describe.each([...integrityCases, ...archiveCases])('on PostgreSQL', ({ name, run }) => {
  it(name, async () => run(worldAt(await server.createDatabase())));
});
