// The event store over a journal, on a real PostgreSQL: the cases of every event store, and payments read through it.
import { createMemoryKeyring } from '@paystrata/application';
import { createPostgresStore } from '@paystrata/infra-sql';
import { startPostgres, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { appendCases } from '../testing/append-cases.ts';
import { journalCases, type JournalWorld } from '../testing/journal-cases.ts';
import { paymentCases } from '../testing/payment-cases.ts';
import { readCases } from '../testing/read-cases.ts';
import { createJournalEventStore } from './journal-event-store.ts';

let server: PostgresServer;
let world: JournalWorld;
const opened: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

beforeEach(async () => {
  const url = await server.createDatabase();
  const keyring = createMemoryKeyring();
  const openPayments: JournalWorld['openPayments'] = async () => {
    const payments = createPostgresStore({ url, keyring, poolSize: 4 });
    await payments.start();
    opened.push(payments);
    return payments;
  };
  const open = async () => {
    const payments = await openPayments();
    return createJournalEventStore({ journal: () => payments.journal });
  };
  world = { keyring, openPayments, open };
});

afterEach(async () => {
  for (const each of opened.splice(0)) await each.stop();
});

describe.each([...appendCases, ...readCases])('on PostgreSQL', ({ name, run }) => {
  it(name, () => run(world));
});

describe.each([...journalCases, ...paymentCases])('on PostgreSQL', ({ name, run }) => {
  it(name, () => run(world));
});
