// The thread that writes to the SQLite journals of a process, so that its event loop does not wait for the disk.

import type { ExpectedVersion, StreamName } from '@paystrata/application';
import type { Erasure } from '../journal/journal.ts';
import { serveCalls } from '../threads/serve-calls.ts';
import { unpackBatch, type PackedBatch } from './packed-batch.ts';
import { SqliteWriter } from './sqlite-writer.ts';

const writers = new Map<number, SqliteWriter>();
let last = 0;

function writer(number: number): SqliteWriter {
  const found = writers.get(number);
  if (found === undefined) throw new Error(`no journal has the number ${number}`);
  return found;
}

const handlers = {
  /** @returns the number by which the journal is named in the other calls */
  open: async (path: string): Promise<number> => {
    const opened = await SqliteWriter.open(path);
    writers.set(++last, opened);
    return last;
  },
  close: (number: number) => {
    writer(number).close();
    writers.delete(number);
  },
  commit: (number: number, batch: PackedBatch) => writer(number).commit(unpackBatch(batch)),
  setMetadata: (number: number, stream: StreamName, value: string, expectedRevision: number) =>
    writer(number).setMetadata(stream, value, expectedRevision),
  tombstone: (number: number, stream: StreamName, expected: ExpectedVersion) =>
    writer(number).tombstone(stream, expected),
  purge: (number: number, erasure: Erasure) => writer(number).purge(erasure),
};

export type WriterCalls = typeof handlers;

serveCalls(handlers);
