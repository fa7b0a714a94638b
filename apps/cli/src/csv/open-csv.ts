// Opens a CSV file: its header, and its records behind it.

import { UsageError } from '../errors/usage-error.ts';
import type { InputFile } from './inspect-file.ts';
import { readRecords, type RecordChunk } from './read-records.ts';

export interface OpenCsv {
  readonly header: readonly string[];
  /** The records after the header; can be read once. */
  readonly chunks: AsyncIterable<RecordChunk>;
}

/** @throws UsageError where the first line is no header. */
export async function openCsv(file: InputFile): Promise<OpenCsv> {
  const chunks = readRecords(file);
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    const { records, bytesRead } = next.value;
    const [header, ...others] = records;
    if (header === undefined) continue;
    if (header.problem !== null) throw badHeader(file.path, header.problem);
    if (header.fields.every((name) => name.trim() === '')) throw badHeader(file.path, 'it is empty');
    return { header: header.fields, chunks: following({ records: others, bytesRead }, chunks) };
  }
  throw badHeader(file.path, 'there is none');
}

async function* following(first: RecordChunk, others: AsyncIterable<RecordChunk>): AsyncGenerator<RecordChunk> {
  yield first;
  yield* others;
}

function badHeader(path: string, problem: string): UsageError {
  return new UsageError(`line 1 of ${path} cannot name its columns: ${problem}`, 'a CSV file begins with a header');
}
