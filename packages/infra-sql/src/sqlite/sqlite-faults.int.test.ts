// What SQLite must survive: processes that are killed while they write.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { assertKept, killWriters } from '../testing/kill-cases.ts';
import { sharedKeyring } from '../testing/shared-keyring.ts';
import { startWriter } from '../testing/writer-process.ts';
import { createSqliteStore } from './sqlite-store.ts';

const keyring = sharedKeyring();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-faults-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function open(path: string) {
  const store = createSqliteStore({ path, keyring });
  await store.start();
  return store;
}

it('keeps every acknowledged commit of writers that are killed, once', async () => {
  const path = join(folder, 'journal.db');
  const opened: Awaited<ReturnType<typeof open>>[] = [];
  const count = await killWriters(
    () => startWriter('sqlite', path),
    5,
    async () => {
      const store = await open(path);
      opened.push(store);
      return store;
    },
  );
  expect(count).toBeGreaterThan(500);
  for (const store of opened) await store.stop();
});

it('lets two processes write side by side, one of which is killed', async () => {
  const path = join(folder, 'journal.db');
  const [one, two] = [startWriter('sqlite', path), startWriter('sqlite', path)];
  await Promise.all([one.until(300), two.until(300)]);
  await one.kill();
  await two.until(two.acknowledged().size + 200);
  await two.kill();
  const store = await open(path);
  await assertKept(store, new Map([...one.acknowledged(), ...two.acknowledged()]));
  await store.stop();
});
