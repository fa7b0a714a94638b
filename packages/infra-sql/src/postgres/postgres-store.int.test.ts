// The cases of every store, on a real PostgreSQL.
import { createMemoryKeyring, type PaymentStore } from '@paystrata/application';
import { startPostgres, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { erasureCases } from '../testing/erasure-cases.ts';
import { storeCases } from '../testing/store-cases.ts';
import { type StoreWorld } from '../testing/store-world.ts';
import { createPostgresStore } from './postgres-store.ts';

let server: PostgresServer;
let world: StoreWorld;
const opened: PaymentStore[] = [];

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

beforeEach(async () => {
  const url = await server.createDatabase();
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

describe.each([...storeCases, ...erasureCases])('on PostgreSQL', ({ name, run }) => {
  it(name, () => run(world));
});

it('is opened by many processes that start at once', async () => {
  const stores = await Promise.all(Array.from({ length: 8 }, () => world.open()));
  expect(new Set(stores.map((store) => store.epoch())).size).toBe(1);
});
