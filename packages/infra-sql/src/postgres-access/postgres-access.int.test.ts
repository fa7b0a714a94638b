// What the processes of an installation share, on a real PostgreSQL.
import { startPostgres, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessCases } from '../testing/access-cases.ts';
import { keyringCases } from '../testing/keyring-cases.ts';
import { ledgerCases } from '../testing/ledger-cases.ts';
import { createPostgresAccessStore } from './postgres-access-store.ts';
import { createPostgresKeyring } from './postgres-keyring.ts';
import { createPostgresLedger } from './postgres-ledger.ts';

let server: PostgresServer;
let url: string;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

beforeEach(async () => {
  url = await server.createDatabase();
});

describe('API keys and idempotency keys', () => accessCases(() => createPostgresAccessStore({ url })));
describe('the keyring', () => keyringCases(() => createPostgresKeyring({ url })));
describe('the ledger', () => ledgerCases(() => createPostgresLedger({ url })));

it('is opened by many processes that start at once', async () => {
  const stores = await Promise.all(Array.from({ length: 8 }, () => createPostgresAccessStore({ url, poolSize: 1 })));
  expect(await Promise.all(stores.map(({ apiKeys }) => apiKeys.list()))).toEqual(stores.map(() => []));
  for (const store of stores) await store.stop();
});
