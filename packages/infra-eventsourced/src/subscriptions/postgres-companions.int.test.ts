// The cases of every store of subscriptions and of snapshots, on a real PostgreSQL.
import { openPostgresCompanions, type SqlCompanions } from '@paystrata/infra-sql';
import { startPostgres, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { snapshotStoreCases } from '../testing/snapshot-store-cases.ts';
import { subscriptionStoreCases } from '../testing/subscription-store-cases.ts';
import { asking } from '../testing/subscription-world.ts';

let server: PostgresServer;
let url: string;
const opened: SqlCompanions[] = [];

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

beforeEach(async () => {
  url = await server.createDatabase();
});

afterEach(async () => {
  for (const each of opened.splice(0)) await each.stop();
});

async function open(): Promise<SqlCompanions> {
  const companions = await openPostgresCompanions({ url, poolSize: 4, timeoutMs: 15_000 });
  opened.push(companions);
  return companions;
}

describe.each(subscriptionStoreCases)('on PostgreSQL', ({ name, run }) => {
  it(name, () => run({ open: async () => (await open()).subscriptions, shortMs: 100, eventually: asking }));
});

describe.each(snapshotStoreCases)('on PostgreSQL', ({ name, run }) => {
  it(name, () => run(async () => (await open()).snapshots));
});
