// What SQLite must survive: processes that are killed while they write, and a disk that is full.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, type CommitResult } from '@paystrata/application';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { creation } from '../testing/entries.ts';
import { assertKept, killWriters } from '../testing/kill-cases.ts';
import { startWriter } from '../testing/writer-process.ts';
import { createSqliteStore } from './sqlite-store.ts';

const keyring = createMemoryKeyring();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-faults-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Only root may, and not in every container. */
function canMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'paystrata-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { stdio: 'ignore' });
    execFileSync('umount', [place]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true });
  }
}

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

it.runIf(canMount())('acknowledges nothing on a full disk, and goes on once there is room', async () => {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk]);
  try {
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(3_000_000));
    const store = await open(join(disk, 'journal.db'));
    const acknowledged = new Map<string, number>();
    const commit = async (): Promise<CommitResult | undefined> => {
      const entry = creation();
      const [result] = await store.commit([entry]);
      if (result?.outcome === 'committed') acknowledged.set(entry.events[0]?.eventId ?? '', result.position);
      return result;
    };
    let result = await commit();
    while (result?.outcome === 'committed') result = await commit();
    expect(result).toMatchObject({ outcome: 'failed', failure: { code: 'STORE_FULL' } });
    await assertKept(store, acknowledged);
    rmSync(ballast);
    for (let more = 0; more < 50; more++) expect(await commit()).toMatchObject({ outcome: 'committed' });
    await store.stop();
    const again = await open(join(disk, 'journal.db'));
    await assertKept(again, acknowledged);
    await again.stop();
  } finally {
    execFileSync('umount', [disk]);
  }
});
