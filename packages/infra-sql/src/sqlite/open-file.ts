// Opens a SQLite file, which only its owner may read.

import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PortFailure } from '@paystrata/application';

/** SQLite waits that long inside a call, so the event loop does; longer waits are waits of the event loop. */
const BUSY_IN_CALL_MS = 10;

/** @throws PortFailure `STORE_UNAVAILABLE` */
export function openDatabase(path: string): DatabaseSync {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // SQLite gives its other files the mode of this one.
    closeSync(openSync(path, 'a', 0o600));
    return new DatabaseSync(path, { timeout: BUSY_IN_CALL_MS });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PortFailure('STORE_UNAVAILABLE', `${path} cannot be opened: ${why}`, { cause, retryable: false });
  }
}
