// The event store over a journal, in a SQLite file: the cases of every event store, and payments read through it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring } from '@paystrata/application';
import { createSqliteStore } from '@paystrata/infra-sql';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { appendCases } from '../testing/append-cases.ts';
import { journalCases, type JournalWorld } from '../testing/journal-cases.ts';
import { paymentCases } from '../testing/payment-cases.ts';
import { readCases } from '../testing/read-cases.ts';
import { createJournalEventStore } from './journal-event-store.ts';

let folder: string;
let world: JournalWorld;
const opened: { stop(): Promise<void> }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-events-'));
  const keyring = createMemoryKeyring();
  const openPayments: JournalWorld['openPayments'] = async () => {
    const payments = createSqliteStore({ path: join(folder, 'journal.db'), keyring });
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
  rmSync(folder, { recursive: true });
});

describe.each([...appendCases, ...readCases])('on SQLite', ({ name, run }) => {
  it(name, () => run(world));
});

describe.each([...journalCases, ...paymentCases])('on SQLite', ({ name, run }) => {
  it(name, () => run(world));
});
