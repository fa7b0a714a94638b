// What SQLite's result codes mean for the caller (https://www.sqlite.org/rescode.html).

import { PortFailure } from '@paystrata/application';

const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** The primary result code of an error of `node:sqlite`; undefined for any other error. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

/** Another connection holds the lock: the same call may succeed a moment later. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === BUSY || code === LOCKED;
}

/** True where the disk failed in mid-write: only what a commit came to is then unknown. */
export function isInputOutput(error: unknown): boolean {
  return sqliteCode(error) === IOERR;
}

/** The failure to throw; errors that are none of SQLite's, and those that one statement caused, come back as they are. */
export function sqliteFailure(error: unknown, file: string): unknown {
  if (isClosed(error)) return failure('STORE_UNAVAILABLE', `${file} is closed`, error);
  switch (sqliteCode(error)) {
    case BUSY:
    case LOCKED:
      return failure(
        'STORE_UNAVAILABLE',
        `${file} is locked by another process for too long: see what holds it`,
        error,
      );
    case FULL:
      return failure('STORE_FULL', `no room left for ${file}: nothing was stored, make room and try again`, error);
    case IOERR:
      return failure('STORE_UNAVAILABLE', `the disk under ${file} fails: ${messageOf(error)}`, error);
    case CANTOPEN:
    case READONLY:
      return failure('STORE_UNAVAILABLE', `${file} cannot be opened for writing: ${messageOf(error)}`, error);
    case CORRUPT:
    case NOTADB:
      return failure('STORE_DAMAGED', `${file} is damaged: ${messageOf(error)}; restore it from a backup`, error);
    default:
      return error;
  }
}

/** Said of a database or a statement after `close`. */
function isClosed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE';
}

function failure(code: ConstructorParameters<typeof PortFailure>[0], message: string, cause: unknown): PortFailure {
  return new PortFailure(code, message, { cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
