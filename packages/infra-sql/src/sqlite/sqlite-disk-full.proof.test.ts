// A SQLite store on a disk that is full: a small one is mounted, which only root may do.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, type CommitResult } from '@paystrata/application';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { creation } from '../testing/entries.ts';
import { assertKept } from '../testing/kill-cases.ts';
import { createSqliteStore } from './sqlite-store.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-full-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const keyring = createMemoryKeyring();

async function open(path: string) {
  const store = createSqliteStore({ path, keyring });
  await store.start();
  return store;
}

it('acknowledges nothing on a full disk, and goes on once there is room', async () => {
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
