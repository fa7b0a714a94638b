// Which way SQLite takes to a payment, and to a page at any depth: by an index, and through nothing but what is answered.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { createMemoryKeyring, everyPayment, systemClock, type SearchPayments } from '@paystrata/application';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SqlPaymentStore } from '../journal/journal-store.ts';
import { createSqliteStore } from '../sqlite/sqlite-store.ts';
import { acme, creation } from '../testing/entries.ts';
import type { ReadsSession, Statement } from './database/reads-database.ts';
import { SqliteReads } from './database/sqlite-reads.ts';
import { createSqlReads, type SqlReads } from './sql-reads.ts';

/** Remembers what the tables are asked. */
class RecordingReads extends SqliteReads {
  readonly asked: Statement[] = [];

  override snapshot<T>(work: (session: ReadsSession) => Promise<T>): Promise<T> {
    return super.snapshot((session) => {
      const all = session.all.bind(session);
      session.all = (statement) => {
        this.asked.push(statement);
        return all(statement);
      };
      return work(session);
    });
  }
}

/** Fewer are gathered and sorted. */
const MANY = 600;
const folder = mkdtempSync(join(tmpdir(), 'paystrata-plans-'));
const path = join(folder, 'reads.db');
const context = { organizationId: acme, atLeast: null, timeoutMs: 10_000 };
const database = new RecordingReads({ path });
let store: SqlPaymentStore;
let reads: SqlReads;

beforeAll(async () => {
  store = createSqliteStore({ path: join(folder, 'journal.db'), keyring: createMemoryKeyring() });
  await store.start();
  const entries = Array.from({ length: MANY }, () => creation());
  await store.commit(entries);
  const source = { readAll: store.readAll.bind(store), epoch: store.epoch.bind(store) };
  reads = createSqlReads({ source, clock: systemClock, database });
  await reads.start();
});

afterAll(async () => {
  await reads.stop();
  await store.stop();
  rmSync(folder, { recursive: true });
});

/** The steps of all that was asked meanwhile. The rows of a page are put in order once more: that is step 0's. */
async function stepsOf(ask: () => Promise<unknown>): Promise<readonly string[]> {
  database.asked.length = 0;
  await ask();
  const file = new DatabaseSync(path, { readOnly: true });
  const steps = database.asked.flatMap(({ sql, parameters }) =>
    file.prepare(`explain query plan ${sql}`).all(...(parameters as SQLInputValue[])),
  );
  file.close();
  return steps.map(({ parent, detail }) => (parent === 0 ? `page: ${String(detail)}` : String(detail)));
}

const search = (given: Partial<SearchPayments> = {}): SearchPayments => ({
  ...{ type: 'SearchPayments', filter: everyPayment, limit: 10, cursor: null, page: null },
  sort: { by: 'created', descending: true },
  ...given,
});

it.each(['created', 'updated', 'amount', 'status'] as const)('reads no more than a page, sorted by %s', async (by) => {
  for (const descending of [true, false]) {
    const first = search({ sort: { by, descending } });
    const { next } = await reads.read.search(first, context);
    for (const page of [first, { ...first, cursor: next }]) {
      const steps = await stepsOf(() => reads.read.search(page, context));
      expect(steps.join('\n')).toMatch(/^SEARCH p USING .*INDEX/m);
      expect(steps.join('\n')).not.toMatch(/SCAN p\b|^USE TEMP B-TREE/m);
    }
  }
});

it('finds a payment by its id', async () => {
  const { payments } = await reads.read.search(search({ limit: 1 }), context);
  const paymentId = payments[0]?.payment.id;
  if (paymentId === undefined) throw new Error('there are payments');
  const steps = await stepsOf(() => reads.read.get({ type: 'GetPayment', paymentId, asOf: null }, context));
  expect(steps.join('\n')).toMatch(/SEARCH p USING .*INDEX payments_\d+_id \(organization=\? AND id=\?\)/);
  expect(steps.join('\n')).not.toMatch(/SCAN/);
});
