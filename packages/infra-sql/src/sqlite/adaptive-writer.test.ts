// Where a journal is written: here while it is hardly used, then in a thread; and with the same answers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appending, newStream } from '../testing/journal-world.ts';
import { AdaptiveWriter } from './adaptive-writer.ts';
import { SqliteWriter } from './sqlite-writer.ts';
import { ThreadedWriter } from './threaded-writer.ts';

let folder: string;
let here: SqliteWriter;
let path: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-writer-'));
  path = join(folder, 'journal.db');
  here = await SqliteWriter.open(path);
});

afterEach(() => {
  here.close();
  rmSync(folder, { recursive: true });
});

it('writes in a thread what comes together, and here again what comes alone for a while', async () => {
  let writtenHere = 0;
  const commit: SqliteWriter['commit'] = (batch) => {
    writtenHere++;
    return here.commit(batch);
  };
  const writer = new AdaptiveWriter(path, {
    commit,
    setMetadata: here.setMetadata.bind(here),
    tombstone: here.tombstone.bind(here),
    purge: here.purge.bind(here),
  });
  let position = 0;
  /** @returns whether it was written here */
  const write = async (size: number) => {
    const before = writtenHere;
    const batch = Array.from({ length: size }, () => appending(newStream(), 'noStream'));
    const committed = batch.map(() => ({ outcome: 'committed', version: 1, position: ++position }));
    expect(await writer.commit(batch)).toEqual(committed);
    // What the thread says is heard between the turns of the event loop.
    await new Promise(setImmediate);
    return writtenHere > before;
  };
  expect(await write(1)).toBe(true);
  while (await write(2));
  let alone = 1;
  while (!(await write(1))) alone++;
  expect(alone).toBeGreaterThan(10);
  await writer.close();
});

it('writes the same in the thread, and fails by name once that is closed', async () => {
  const writer = await ThreadedWriter.open(path);
  const stream = newStream();
  expect(await writer.commit([appending(stream, 'any', 2)])).toEqual([
    { outcome: 'committed', version: 2, position: 2 },
  ]);
  expect(await writer.setMetadata(stream, '{}', 0)).toBeNull();
  expect(await writer.tombstone(stream, 9)).toBe(2);
  expect(await writer.tombstone(stream, 2)).toBeNull();
  expect(await here.commit([appending(stream, 'any')])).toEqual([{ outcome: 'ended' }]);
  await writer.close();
  await expect(writer.commit([appending(stream, 'any')])).rejects.toThrow('no journal has the number');
});
