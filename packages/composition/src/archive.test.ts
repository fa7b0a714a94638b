// What is configured and asked of the log reaches it: archived by command and by age, sealed, verified.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  commandContext,
  instantOf,
  parseKeptRoot,
  parseOrganizationId,
  queryContext,
  systemClock,
  type Clock,
} from '@paystrata/application';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compose, type Composition } from './compose.ts';
import { loadConfig } from './config/load-config.ts';

let dataDir: string;
let composition: Composition;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'paystrata-archive-'));
});

afterEach(async () => {
  await composition.stop();
  rmSync(dataDir, { recursive: true });
});

function organization() {
  const organizationId = parseOrganizationId('acme');
  if (organizationId === undefined) throw new Error('not a slug');
  return organizationId;
}

const organizationId = organization();
const all = { kind: 'all' } as const;

async function open(afterDays: number | null, clock: Clock): Promise<void> {
  const overrides = { log: { level: 'silent' }, storage: { dataDir }, archive: { afterDays } } as const;
  const config = loadConfig({ env: {}, cwd: import.meta.dirname, overrides });
  composition = await compose(config, { inMemoryAccess: true, clock });
  await composition.start();
}

async function create() {
  const context = commandContext({ organizationId }, composition.ids);
  const created = await composition.commands.execute({ type: 'CreatePayment', amount: 5, currency: 'EUR' }, context);
  if (!created.ok) throw new Error(created.rejection.message);
  return created.receipt;
}

function inLog(sql: string): unknown {
  const database = new DatabaseSync(join(dataDir, 'journal.db'));
  const row = database.prepare(sql).get();
  database.close();
  return row?.['found'];
}

it('archives, seals, and finds what was changed', async () => {
  await open(null, systemClock);
  const { paymentId } = await create();
  const history = () =>
    composition.queries.execute(
      { type: 'PaymentHistory', paymentId },
      queryContext({ organizationId }, composition.ids),
    );
  const before = await history();
  const { maintenance } = composition.strategy;
  await expect(maintenance.run('archive', all)).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
  const sealed = await maintenance.run('verify', all, { seal: true });
  expect(sealed).toMatchObject({ differing: 0, root: expect.stringMatching(/@1$/) as string });
  expect(await maintenance.run('archive', all, { before: instantOf(Date.now() + 1000) })).toMatchObject({ changed: 1 });
  expect(inLog('select count(*) as found from events where text is null')).toBe(1);
  expect(await history()).toEqual(before);
  const keptRoot = parseKeptRoot(sealed.root ?? '');
  if (keptRoot === undefined) throw new Error('no root was printed');
  expect(await maintenance.run('verify', all, { keptRoot })).toMatchObject({ differing: 0, root: sealed.root });
  inLog('update seals set hash = zeroblob(32)');
  expect((await maintenance.run('verify', all, { keptRoot })).differing).toBe(2);
});

it('archives by age, in the background', async () => {
  const rounds: (() => void)[] = [];
  const began = Promise.withResolvers<void>();
  let days = 0;
  const clock: Clock = {
    now: () => instantOf(Date.now() + days * 86_400_000),
    sleep: (milliseconds, signal) => {
      if (milliseconds < 60_000) return systemClock.sleep(milliseconds, signal);
      return new Promise((resolve, reject) => {
        rounds.push(resolve);
        signal?.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
        began.resolve();
      });
    },
  };
  await open(30, clock);
  await create();
  await began.promise;
  days = 31;
  for (const next of rounds.splice(0)) next();
  await expect.poll(() => inLog('select count(*) as found from segments'), { timeout: 20_000 }).toBe(1);
});
