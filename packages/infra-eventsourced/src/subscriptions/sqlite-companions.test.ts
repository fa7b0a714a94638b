// The cases of every store of subscriptions and of snapshots, in a SQLite file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteCompanions, type SqlCompanions } from '@paystrata/infra-sql';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { snapshotStoreCases } from '../testing/snapshot-store-cases.ts';
import { subscriptionStoreCases } from '../testing/subscription-store-cases.ts';
import { asking } from '../testing/subscription-world.ts';

let folder: string;
const opened: SqlCompanions[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-subscriptions-'));
});

afterEach(async () => {
  for (const each of opened.splice(0)) await each.stop();
  rmSync(folder, { recursive: true });
});

async function open(): Promise<SqlCompanions> {
  const companions = await openSqliteCompanions(join(folder, 'journal.db'));
  opened.push(companions);
  return companions;
}

describe.each(subscriptionStoreCases)('on SQLite', ({ name, run }) => {
  it(name, () => run({ open: async () => (await open()).subscriptions, shortMs: 20, eventually: asking }));
});

describe.each(snapshotStoreCases)('on SQLite', ({ name, run }) => {
  it(name, () => run(async () => (await open()).snapshots));
});
