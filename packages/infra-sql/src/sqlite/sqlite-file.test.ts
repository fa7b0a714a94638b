// A SQLite file: what fails in it fails alone, by name, and without a trace.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GroupedWrites } from './grouped-writes.ts';
import { SqliteFile } from './sqlite-file.ts';

const migrations = ["create table notes (note text not null unique check (note <> 'bad')) strict"];
let folder: string;
let path: string;
let file: SqliteFile;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-file-'));
  path = join(folder, 'notes.db');
  file = await SqliteFile.open({ path, migrations, busyTimeoutMs: 300 });
});

afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true });
});

function notes(): unknown[] {
  const rows = file.prepare('select note from notes order by note').all();
  return rows.map(({ note }) => note);
}

it('commits what many callers write together, and leaves out only what is refused', async () => {
  const writes = new GroupedWrites(file);
  const insert = file.prepare('insert into notes values (?)');
  const results = await Promise.allSettled(
    ['a', 'b', 'bad', 'c', 'a'].map((note) => writes.run(() => insert.run(note).changes)),
  );
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected']);
  expect(notes()).toEqual(['a', 'b', 'c']);
});

it('acknowledges nothing where there is no room, and goes on once there is', async () => {
  const writes = new GroupedWrites(file);
  const insert = file.prepare('insert into notes values (?)');
  const limit = (pages: number) => file.prepare(`pragma max_page_count = ${pages}`).get();
  limit(20);
  const kept: string[] = [];
  const write = async () => {
    const note = `${kept.length}`.padStart(5, '0').padEnd(2000, '.');
    await writes.run(() => insert.run(note));
    kept.push(note);
  };
  await expect(
    (async () => {
      for (;;) await write();
    })(),
  ).rejects.toMatchObject({ code: 'STORE_FULL' });
  expect(kept.length).toBeGreaterThan(5);
  expect(notes()).toEqual(kept);
  limit(1000);
  await write();
  expect(notes()).toEqual(kept);
});

it('waits for another process that holds the file, but not for ever, and the event loop goes on', async () => {
  const other = new DatabaseSync(path);
  other.exec('begin immediate');
  const insert = file.prepare('insert into notes values (?)');
  let turns = 0;
  const turning = setInterval(() => turns++, 1);
  await expect(file.write(() => insert.run('late'))).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    retryable: true,
  });
  expect(turns).toBeGreaterThan(5);
  clearInterval(turning);
  const patient = file.write(() => insert.run('patient'));
  other.exec('commit');
  await patient;
  other.close();
  expect(notes()).toEqual(['patient']);
});
