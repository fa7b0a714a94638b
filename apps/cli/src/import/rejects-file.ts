// Writes the refused rows as CSV: where and why, and then the row as it was, to be mended and imported again.

import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { csvLine } from '../csv/csv-line.ts';
import type { CsvRecord } from '../csv/parse-records.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { RowRejection } from './new-payment-row.ts';

export interface RejectsFile {
  write(rejection: RowRejection, record: CsvRecord): Promise<void>;
  /** Resolves once all is written. */
  close(): Promise<void>;
}

/**
 * Replaces the file where there is one. Its columns: line, code, message, and those of the input.
 *
 * @throws UsageError where it cannot be written, or is the input itself.
 */
export async function createRejectsFile(path: string, input: string, header: readonly string[]): Promise<RejectsFile> {
  if (resolve(path) === resolve(input)) throw new UsageError(`--rejects ${path} is the file to import`, 'name another');
  const file = await open(path, 'w').catch((error: unknown) => {
    throw new UsageError(`--rejects ${path} cannot be written: ${String(error)}`, null, error);
  });
  const stream = file.createWriteStream({ encoding: 'utf8' });
  const write = async (fields: readonly string[]): Promise<void> => {
    if (!stream.write(`${csvLine(fields)}\n`)) await once(stream, 'drain');
  };
  await write(['line', 'code', 'message', ...header]);
  return {
    write: ({ line, code, message }, { fields }) => write([String(line), code, message, ...fields]),
    async close() {
      stream.end();
      await once(stream, 'close');
    },
  };
}
