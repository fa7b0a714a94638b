// The cases of every store, on SQLite; and what is SQLite's own.
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createMemoryKeyring, type PaymentStore } from '@paystrata/application';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { creation } from '../testing/entries.ts';
import { erasureCases } from '../testing/erasure-cases.ts';
import { journalCases } from '../testing/journal-cases.ts';
import { journalReadingCases } from '../testing/journal-reading-cases.ts';
import { logKeyringCases } from '../testing/log-keyring-cases.ts';
import { sameLogCases } from '../testing/same-log-cases.ts';
import { storeCases } from '../testing/store-cases.ts';
import { everything, type StoreWorld } from '../testing/store-world.ts';
import { createSqliteStore } from './sqlite-store.ts';

let folder: string;
let path: string;
let world: StoreWorld;
const opened: PaymentStore[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-sqlite-'));
  path = join(folder, 'data', 'journal.sqlite');
  const keyring = createMemoryKeyring();
  const open: StoreWorld['open'] = async (ring = keyring) => {
    const store = createSqliteStore({ path, keyring: ring });
    await store.start();
    opened.push(store);
    return store;
  };
  world = { keyring, open };
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.stop();
  rmSync(folder, { recursive: true });
});

describe.each([...storeCases, ...erasureCases, ...journalCases, ...journalReadingCases])(
  'on SQLite',
  ({ name, run }) => {
    it(name, () => run(world));
  },
);

describe.each([...logKeyringCases, ...sameLogCases])('a log in SQLite', ({ name, run }) => {
  const changeJournal = async (set: string) => {
    const database = new DatabaseSync(path);
    database.exec(`update journal set ${set}`);
    database.close();
  };
  it(name, () => run({ ...world, changeJournal }));
});

it('is used no more once another file is in its place, or none', async () => {
  const store = await world.open();
  const entry = creation();
  await store.commit([entry]);
  renameSync(path, `${path}-away`);
  const [result] = await store.commit([creation()]);
  expect(result).toMatchObject({ outcome: 'failed', failure: { code: 'STORE_UNAVAILABLE', retryable: false } });
  copyFileSync(`${path}-away`, path);
  await expect(store.load(entry, null)).rejects.toThrow('was removed or replaced while this process had it open');
});

it('keeps no personal data in the clear, and lets nobody else read the files', async () => {
  const store = await world.open();
  await store.commit([creation({ description: 'Ada Lovelace' })]);
  const files = readdirSync(join(folder, 'data'));
  expect(files).toContain('journal.sqlite');
  for (const name of files) {
    expect(readFileSync(join(folder, 'data', name)).includes('Lovelace'), name).toBe(false);
    expect(statSync(join(folder, 'data', name)).mode & 0o777, name).toBe(0o600);
  }
});

it('is written by many processes that start at once', async () => {
  const stores = await Promise.all(Array.from({ length: 8 }, () => world.open()));
  expect(new Set(stores.map((store) => store.epoch())).size).toBe(1);
});

it('refuses a file that a newer release has written', async () => {
  const store = await world.open();
  await store.stop();
  const database = new DatabaseSync(path);
  database.exec('pragma user_version = 99');
  database.close();
  await expect(world.open()).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW', details: { found: 99 } });
});

it('says so where the file is none of its own', async () => {
  const foreign = join(folder, 'notes.txt');
  writeFileSync(foreign, 'not a database, but a text that is long enough to be taken for one at first sight');
  const store = createSqliteStore({ path: foreign, keyring: world.keyring });
  await expect(store.start()).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  const nowhere = createSqliteStore({ path: join(foreign, 'x'), keyring: world.keyring });
  await expect(nowhere.start()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});

it('names a damaged event instead of leaving it out', async () => {
  const store = await world.open();
  const entry = creation();
  await store.commit([entry]);
  const database = new DatabaseSync(path);
  database.exec(`update events set text = substr(text, 1, 100)`);
  database.close();
  await expect(everything(store)).rejects.toMatchObject({ code: 'STORE_DAMAGED', details: { position: 1 } });
});

it('reads a snapshot of another release from the events', async () => {
  const store = await world.open();
  const entry = creation();
  await store.commit([entry]);
  const database = new DatabaseSync(path);
  database.exec(`update streams set state = '{"format":0}'`);
  database.close();
  expect((await store.load(entry, null)).payment).toEqual(entry.payment);
});

it('begins a new epoch in a copy of the file, once, and keeps it in the file itself', async () => {
  const store = await world.open();
  await store.commit([creation()]);
  const epoch = store.epoch();
  await store.stop();
  const original = path;
  const kept = `${path}.kept`;
  copyFileSync(original, kept);
  expect((await world.open()).epoch()).toBe(epoch);
  for (const each of opened.splice(0)) await each.stop();
  // The backup is put back in the place of the file.
  renameSync(kept, original);
  const restored = await Promise.all(Array.from({ length: 4 }, () => world.open()));
  const epochs = new Set(restored.map((each) => each.epoch()));
  expect(epochs.size).toBe(1);
  expect(epochs.has(epoch)).toBe(false);
  expect(await restored[0]?.commit([creation()])).toEqual([{ outcome: 'committed', position: 2 }]);
});
