// The payment store in a PostgreSQL database, shared by any number of processes and machines.

import type { Keyring } from '@paystrata/application';
import { createJournalStore, type SqlPaymentStore } from '../journal/journal-store.ts';
import { PostgresJournal } from './postgres-journal.ts';

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database`; the tables go to its schema `paystrata`. PostgreSQL 13 or newer. */
  readonly url: string;
  /** The keys that seal personal data. Keep them elsewhere than in this database. */
  readonly keyring: Keyring;
  /** Connections of this process at most; 10 where absent. */
  readonly poolSize?: number;
  /** How long to wait for a connection, and for the answer to a statement; 15 s where absent. */
  readonly timeoutMs?: number;
}

/** One round trip of so many entries takes the database some 8 ms, during which other processes wait. */
const MAX_BATCH = 256;

/**
 * Acknowledged commits are synced to the server's disk. A commit waits at most 5 s for those of other processes; one
 * whose answer is lost fails with `OUTCOME_UNKNOWN` and may be sent again.
 */
export function createPostgresStore(options: PostgresStoreOptions): SqlPaymentStore {
  const { url, keyring, poolSize = 10, timeoutMs = 15_000 } = options;
  return createJournalStore({
    journal: new PostgresJournal({ url, poolSize, timeoutMs }),
    keyring,
    maxBatch: MAX_BATCH,
  });
}
