// What writes to a journal in a SQLite file: in a thread of its own, or in the thread that calls it.

import { meetsExpected, type ExpectedVersion, type StreamName } from '@paystrata/application';
import type { Erasure, JournalEntry, JournalResult } from '../journal/journal.ts';
import { integer } from '../rows.ts';
import { appendEntry, insertEmptyStream } from './sqlite-append.ts';
import { journalMigrations } from './journal-schema.ts';
import { SqliteFile } from './sqlite-file.ts';
import { headOf, prepareStatements, type SqliteStatements } from './sqlite-statements.ts';

const CACHE_KIBIBYTES = 16 * 1024;
/** 16 MiB: a checkpoint writes each page once, however often it was changed since the last one. */
const CHECKPOINT_PAGES = 4096;

/** Each call is one synced transaction. */
export class SqliteWriter {
  readonly #file: SqliteFile;
  readonly #statements: SqliteStatements;

  constructor(file: SqliteFile, statements: SqliteStatements) {
    this.#file = file;
    this.#statements = statements;
  }

  /** For a thread of its own, with memory for the pages that every commit changes. */
  static async open(path: string): Promise<SqliteWriter> {
    const file = await SqliteFile.open({ path, migrations: journalMigrations, watched: true });
    file.prepare(`pragma cache_size = -${CACHE_KIBIBYTES}`).get();
    file.prepare(`pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`).get();
    return new SqliteWriter(file, prepareStatements(file));
  }

  close(): void {
    this.#file.close();
  }

  commit(batch: readonly JournalEntry[]): Promise<readonly JournalResult[]> {
    const statements = this.#statements;
    return this.#file.write(() => {
      const before = headOf(statements);
      let head = before;
      const results = batch.map((entry) => {
        const result = appendEntry(statements, entry, head);
        if (result.outcome === 'committed') head = result.position;
        return result;
      });
      if (head !== before) statements.moveHead.run(head);
      return results;
    });
  }

  setMetadata(stream: StreamName, value: string, expectedRevision: number): Promise<number | null> {
    const statements = this.#statements;
    return this.#file.write(() => {
      const { organizationId, category, id } = stream;
      const row = statements.readMetadata.get(id, category, organizationId);
      const revision = row === undefined ? 0 : integer(row, 'metadata_revision');
      if (revision !== expectedRevision) return revision;
      const number = row === undefined ? insertEmptyStream(statements, stream) : integer(row, 'stream');
      statements.updateMetadata.run(value, revision + 1, number);
      return null;
    });
  }

  tombstone(stream: StreamName, expected: ExpectedVersion): Promise<number | null> {
    const statements = this.#statements;
    return this.#file.write(() => {
      const { organizationId, category, id } = stream;
      const row = statements.findStream.get(id, category, organizationId);
      if (row?.['ended'] === 1) return null;
      const version = row === undefined ? 0 : integer(row, 'version');
      if (!meetsExpected(expected, version)) return version;
      statements.endStream.run(row === undefined ? insertEmptyStream(statements, stream) : integer(row, 'stream'));
      return null;
    });
  }

  purge({ organizationId, subject, id }: Erasure): Promise<void> {
    return this.#file.write(() => {
      const { changes } = this.#statements.deleteErasure.run(organizationId, subject, id);
      if (changes === 0) return;
      this.#statements.purgeDocuments.run(subject, organizationId);
      this.#statements.purgeDocument.run(subject, organizationId);
    });
  }
}
