// One journal for all the stores of a process: what they append goes into the same groups of commits.

import { PortFailure } from '@paystrata/application';
import { GroupCommit } from '../commit/group-commit.ts';
import type { Journal, JournalEntry, JournalResult } from './journal.ts';

/** What the store alone does that a journal belongs to. */
type NotShared = 'start' | 'stop' | 'commit' | 'keyring' | 'claimKeyring' | 'newestSealed';

/** A journal that was started, and is stopped, by the store that it belongs to. */
export interface SharedJournal extends Omit<Journal, NotShared> {
  /** Commits one entry, together with what others append meanwhile. @throws PortFailure, or what the database refused */
  append(entry: JournalEntry): Promise<JournalResult>;
}

/** Characters of text a transaction, so that large entries make small batches. */
const MAX_BATCH_CHARACTERS = 2_000_000;

/** Groups the commits of a journal. */
export class JournalCommits {
  readonly #commits: GroupCommit<JournalEntry, JournalResult>;

  /** @param maxBatch at most so many entries a transaction */
  constructor(journal: Journal, maxBatch: number) {
    this.#commits = new GroupCommit({
      run: (batch) => journal.commit(batch),
      concernsAll: (error) => error instanceof PortFailure && concernsAll.has(error.code),
      maxItems: maxBatch,
      maxWeight: MAX_BATCH_CHARACTERS,
      weigh: ({ events, document }) =>
        events.reduce((sum, { text }) => sum + text.length, document === null ? 0 : document.state.length),
    });
  }

  submit(entry: JournalEntry): Promise<JournalResult> {
    return this.#commits.submit(entry);
  }

  /** Resolves when everything handed in is answered. */
  idle(): Promise<void> {
    return this.#commits.idle();
  }
}

/** Failures of the database, not of one entry. */
const concernsAll: ReadonlySet<string> = new Set(['STORE_UNAVAILABLE', 'STORE_FULL', 'OUTCOME_UNKNOWN']);

export function shareJournal(journal: Journal, commits: JournalCommits): SharedJournal {
  return {
    name: journal.name,
    epoch: () => journal.epoch(),
    append: (entry) => commits.submit(entry),
    load: (stream, id) => journal.load(stream, id),
    read: (request) => journal.read(request),
    readStream: (stream, range) => journal.readStream(stream, range),
    head: () => journal.head(),
    metadata: (stream) => journal.metadata(stream),
    setMetadata: (stream, text, expectedRevision) => journal.setMetadata(stream, text, expectedRevision),
    tombstone: (stream, expected) => journal.tombstone(stream, expected),
    tables: () => journal.tables(),
    archive: journal.archive,
    erasures: () => journal.erasures(),
    nameErasedKey: (erasure, keyId) => journal.nameErasedKey(erasure, keyId),
    purge: (erasure) => journal.purge(erasure),
  };
}
