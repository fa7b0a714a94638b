// The payment store in a SQLite file: embedded, synced to disk, shared by processes of one machine.

import type { Keyring } from '@paystrata/application';
import { createJournalStore, type SqlPaymentStore } from '../journal/journal-store.ts';
import { SqliteJournal } from './sqlite-journal.ts';

export interface SqliteStoreOptions {
  /** The file; made, with its folder, where there is none. On a disk of this machine, not on a network share. */
  readonly path: string;
  /** The keys that seal personal data. Keep them in another file: see `createSqliteKeyring`. */
  readonly keyring: Keyring;
}

/** While so many are written, those of the batch before are answered and decide anew. */
const MAX_BATCH = 128;

/**
 * Acknowledged commits are synced to disk. Several processes may share the file; commits wait up to 15 s for each other.
 *
 * Commits are written by a thread of their own, once there are more than a few. Reads work in the thread that calls:
 * they go in pages, and between them the event loop has its turn.
 */
export function createSqliteStore({ path, keyring }: SqliteStoreOptions): SqlPaymentStore {
  return createJournalStore({ journal: new SqliteJournal(path), keyring, maxBatch: MAX_BATCH });
}
