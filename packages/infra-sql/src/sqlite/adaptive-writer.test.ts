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

it('writes in a thread once there are more than a few commits', async () => {
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
  let commits = 0;
  while (writtenHere === commits) {
    const [result] = await writer.commit([appending(newStream(), 'noStream')]);
    expect(result).toEqual({ outcome: 'committed', version: 1, position: ++commits });
    // What the thread says is heard between the turns of the event loop.
    await new Promise(setImmediate);
  }
  expect(writtenHere).toBeGreaterThan(30);
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
