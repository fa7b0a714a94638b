// In the background, whole ranges are sealed and old events archived, and a failure does not end it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, instantOf, silentLogger, type Clock } from '@paystrata/application';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SqlPaymentStore } from '../journal/journal-store.ts';
import { createSqliteStore } from '../sqlite/sqlite-store.ts';
import { openSqliteCompanions } from '../subscriptions/sqlite-companions.ts';
import type { SqlCompanions } from '../subscriptions/companions.ts';
import { creation } from '../testing/entries.ts';
import { later, nineEvents } from '../testing/integrity-world.ts';
import { createLogUpkeep } from './log-upkeep.ts';
import { sealLog } from './seal-log.ts';
import { readSeals } from './seals-table.ts';

let folder: string;
let store: SqlPaymentStore;
let companions: SqlCompanions;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-upkeep-'));
  const path = join(folder, 'journal.db');
  store = createSqliteStore({ path, keyring: createMemoryKeyring() });
  await store.start();
  companions = await openSqliteCompanions(path);
});

afterEach(async () => {
  await companions.stop();
  await store.stop();
  rmSync(folder, { recursive: true });
});

/** A clock whose sleeps end when the test says so. */
function steppedClock(days: number) {
  let wake: (() => void) | null = null;
  const asleep: (() => void)[] = [];
  const clock: Clock = {
    now: () => instantOf(later + days * 86_400_000),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        // Beside the rounds, who keeps the lease sleeps for less.
        if (milliseconds !== 60_000) {
          signal?.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
          return;
        }
        wake = resolve;
        signal?.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
        for (const tell of asleep.splice(0)) tell();
      }),
  };
  /** Lets a round be run, and waits until it has ended. */
  const round = () =>
    new Promise<void>((resolve) => {
      asleep.push(resolve);
      wake?.();
    });
  return { clock, round };
}

it('archives what is older than so many days, round by round, and goes on after a failure', async () => {
  await nineEvents(store);
  const said: string[] = [];
  const logger = {
    ...silentLogger,
    info: (fields: Readonly<Record<string, unknown>>) => void said.push(`archived ${String(fields['events'])}`),
    error: () => void said.push('failed'),
  };
  const { clock, round } = steppedClock(31);
  let isBroken = true;
  const flaky = {
    get journal() {
      if (isBroken) throw new Error('not now');
      return store.journal;
    },
  };
  const leases = companions.subscriptions;
  const upkeep = createLogUpkeep({ store: flaky, leases, clock, archiveAfterDays: 30, logger });
  upkeep.start();
  await round();
  isBroken = false;
  await round();
  await round();
  expect(said).toEqual(['failed', 'archived 9']);
  await store.commit([creation()]);
  await round();
  await upkeep.stop();
  expect(said).toEqual(['failed', 'archived 9', 'archived 1']);
});

it('is done by one of the processes on a log, and by the next where that one ends', async () => {
  await nineEvents(store);
  const said: string[] = [];
  const processes = ['one', 'two'].map((name) => {
    const { clock, round } = steppedClock(31);
    const logger = {
      ...silentLogger,
      info: (fields: Readonly<Record<string, unknown>>) =>
        void said.push(`${name} archived ${String(fields['events'])}`),
      error: () => void said.push(`${name} failed`),
    };
    const leases = companions.subscriptions;
    return { round, upkeep: createLogUpkeep({ store, leases, clock, archiveAfterDays: 30, logger }) };
  });
  const [one, two] = processes;
  if (one === undefined || two === undefined) throw new Error('there are two');
  for (const { upkeep } of processes) upkeep.start();
  await one.round();
  await two.round();
  await one.round();
  await store.commit([creation()]);
  await two.round();
  expect(said).toEqual(['one archived 9']);
  await one.upkeep.stop();
  await two.round();
  await two.upkeep.stop();
  expect(said).toEqual(['one archived 9', 'two archived 1']);
});

it('archives nothing that is not old enough, nor where nothing is said', async () => {
  await nineEvents(store);
  for (const archiveAfterDays of [32, null]) {
    const said: string[] = [];
    const logger = { ...silentLogger, info: () => void said.push('archived'), error: () => void said.push('failed') };
    const { clock, round } = steppedClock(31);
    const upkeep = createLogUpkeep({ store, leases: companions.subscriptions, clock, archiveAfterDays, logger });
    upkeep.start();
    await round();
    await upkeep.stop();
    expect(said).toEqual([]);
  }
});

it('seals whole ranges, each upon the one before, and the rest only where it is told to', async () => {
  await nineEvents(store);
  const { journal } = store;
  const seal = (toEnd: boolean) => sealLog(journal.tables(), journal.archive, { now: later, toEnd, sealedTogether: 4 });
  expect(await seal(false)).toMatchObject({ first: 5, last: 8 });
  expect(await seal(false)).toMatchObject({ first: 5, last: 8 });
  expect(await seal(true)).toMatchObject({ first: 9, last: 9 });
  const seals = await readSeals(journal.tables());
  expect(seals.map(({ first, last }) => [first, last])).toEqual([
    [1, 4],
    [5, 8],
    [9, 9],
  ]);
});
