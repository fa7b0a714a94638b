// The first pass over an input file: what it is, how it is encoded, and the hash that names it.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { UsageError } from '../errors/usage-error.ts';

export type Encoding = 'utf-8' | 'windows-1252';

export interface InputFile {
  readonly path: string;
  readonly bytes: number;
  /** Of the whole content, hexadecimal. */
  readonly sha256: string;
  readonly encoding: Encoding;
  /** False: some bytes are not of the encoding and read as U+FFFD. */
  readonly sound: boolean;
  /** What ends a line; a carriage return before a line feed belongs to the end as well. */
  readonly lineEnd: '\n' | '\r';
}

/**
 * Reads the file once from beginning to end, in constant memory. `auto` is UTF-8 where the whole file is valid UTF-8,
 * else Windows-1252, in which every byte means something.
 *
 * @throws UsageError where there is no such file, or it is no CSV file that can be read twice.
 */
export async function inspectFile(path: string, encoding: Encoding | 'auto'): Promise<InputFile> {
  await requireFile(path);
  const hash = createHash('sha256');
  const utf8 = utf8Check();
  let bytes = 0;
  let lineEnd: InputFile['lineEnd'] = '\r';
  for await (const chunk of readBytes(path)) {
    if (bytes === 0) refuseUtf16(path, chunk);
    bytes += chunk.length;
    hash.update(chunk);
    utf8.push(chunk);
    if (lineEnd === '\r' && chunk.includes(0x0a)) lineEnd = '\n';
  }
  if (bytes === 0) throw new UsageError(`${path} is empty`, 'a CSV file begins with a line that names its columns');
  const valid = utf8.end();
  const used = encoding === 'auto' ? (valid ? 'utf-8' : 'windows-1252') : encoding;
  return { path, bytes, sha256: hash.digest('hex'), encoding: used, sound: valid || used !== 'utf-8', lineEnd };
}

/** The content in chunks. @throws UsageError where the file cannot be read. */
export async function* readBytes(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (found.isDirectory()) throw new UsageError(`${path} is a directory`, 'name a CSV file in it');
  if (!found.isFile())
    throw new UsageError(`${path} is not a regular file`, 'save the data to a file first: it is read twice');
}

function unreadable(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    return new UsageError(`there is no file ${path}`, `it was looked for from ${process.cwd()}`, error);
  }
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    return new UsageError(`${path} may not be read`, 'check its permissions', error);
  }
  return error;
}

function refuseUtf16(path: string, chunk: Buffer): void {
  const mark = chunk.subarray(0, 2).toString('hex');
  if (mark !== 'fffe' && mark !== 'feff') return;
  throw new UsageError(`${path} is encoded as UTF-16`, `convert it first: iconv -f UTF-16 -t UTF-8 ${path}`);
}

function utf8Check() {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let valid = true;
  const attempt = (decode: () => unknown): void => {
    try {
      if (valid) decode();
    } catch {
      valid = false;
    }
  };
  return {
    push: (chunk: Uint8Array): void => attempt(() => decoder.decode(chunk, { stream: true })),
    end(): boolean {
      attempt(() => decoder.decode());
      return valid;
    },
  };
}
