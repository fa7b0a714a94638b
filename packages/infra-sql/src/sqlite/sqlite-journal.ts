// The journal in a SQLite file.

import { PortFailure, type ExpectedVersion, type StreamName } from '@paystrata/application';
import { eventsQuery, streamQuery, type Dialect } from '../journal/event-queries.ts';
import { documentOf, erasureOf, eventOf, sealedOf, streamPageOf } from '../journal/journal-rows.ts';
import { ArchiveReader } from '../archive/archive-reader.ts';
import type { LogTables } from '../archive/log-tables.ts';
import { sqliteLogTables } from '../archive/sqlite-log-tables.ts';
import type {
  Erasure,
  Journal,
  JournalEntry,
  JournalMetadata,
  JournalPage,
  JournalRequest,
  JournalResult,
  JournalState,
  JournalStreamPage,
  SealedSnapshot,
  StreamRange,
} from '../journal/journal.ts';
import { integer, text, textOrNull } from '../rows.ts';
import { journalMigrations } from './journal-schema.ts';
import { SqliteFile } from './sqlite-file.ts';
import { AdaptiveWriter } from './adaptive-writer.ts';
import { beginEpoch } from './sqlite-epoch.ts';
import { SqliteWriter } from './sqlite-writer.ts';
import { headOf, prepareStatements, type SqliteStatements } from './sqlite-statements.ts';

interface Open {
  readonly file: SqliteFile;
  readonly statements: SqliteStatements;
  readonly writer: AdaptiveWriter;
  readonly epoch: string;
  readonly tables: LogTables;
}

const dialect: Dialect = { parameter: '?', schema: '' };

export class SqliteJournal implements Journal {
  readonly name = 'sqlite';
  readonly archive = new ArchiveReader(() => this.tables());
  readonly #path: string;
  #open: Open | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  async start(): Promise<void> {
    const file = await SqliteFile.open({ path: this.#path, migrations: journalMigrations });
    try {
      const statements = prepareStatements(file);
      const writer = new AdaptiveWriter(this.#path, new SqliteWriter(file, statements));
      const epoch = await beginEpoch(file, statements);
      this.#open = { file, statements, writer, epoch, tables: sqliteLogTables(file) };
    } catch (error) {
      file.close();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.writer.close();
    open?.file.close();
  }

  epoch(): string {
    return this.#opened().epoch;
  }

  async commit(batch: readonly JournalEntry[]): Promise<readonly JournalResult[]> {
    return this.#opened().writer.commit(batch);
  }

  async load({ organizationId, category, id }: StreamName, eventId: string | null): Promise<JournalState> {
    const { file, statements } = this.#opened();
    return file.retry(() => {
      const erasing = isErasing(statements);
      const row = statements.readStream.get(id, category, organizationId);
      if (row === undefined) return { document: null, appliedVersion: null, erasing };
      const applied = eventId === null ? undefined : statements.findId.get(integer(row, 'stream'), eventId);
      return { document: documentOf(row), appliedVersion: applied ? integer(applied, 'version') : null, erasing };
    });
  }

  async read(request: JournalRequest): Promise<JournalPage> {
    const { file, statements } = this.#opened();
    const page = await file.retry(() => {
      const erasing = isErasing(statements);
      const head = headOf(statements);
      const rows = statements.select(eventsQuery({ ...request, limit: request.limit + 1 }, dialect));
      const events = rows.slice(0, request.limit).map(eventOf);
      return { events, more: rows.length > request.limit, head, erasing };
    });
    return { ...page, events: await this.archive.fill(page.events) };
  }

  async readStream(stream: StreamName, range: StreamRange): Promise<JournalStreamPage> {
    const { file, statements } = this.#opened();
    const page = streamPageOf(await file.retry(() => statements.select(streamQuery(stream, range, dialect))));
    return { ...page, events: await this.archive.fill(page.events) };
  }

  async head(): Promise<number> {
    const { file, statements } = this.#opened();
    return file.retry(() => headOf(statements));
  }

  async metadata({ organizationId, category, id }: StreamName): Promise<JournalMetadata> {
    const { file, statements } = this.#opened();
    const row = await file.retry(() => statements.readMetadata.get(id, category, organizationId));
    if (row === undefined) return { text: null, revision: 0 };
    return { text: textOrNull(row, 'metadata'), revision: integer(row, 'metadata_revision') };
  }

  async setMetadata(stream: StreamName, value: string, expectedRevision: number): Promise<number | null> {
    return this.#opened().writer.setMetadata(stream, value, expectedRevision);
  }

  async tombstone(stream: StreamName, expected: ExpectedVersion): Promise<number | null> {
    return this.#opened().writer.tombstone(stream, expected);
  }

  tables(): LogTables {
    return this.#opened().tables;
  }

  async erasures(): Promise<readonly Erasure[]> {
    const { file, statements } = this.#opened();
    const rows = await file.retry(() => statements.erasures.all());
    return rows.map(erasureOf);
  }

  async keyring(): Promise<string | null> {
    const { file, statements } = this.#opened();
    return file.retry(() => textOrNull(statements.keyring.get() ?? {}, 'keyring'));
  }

  async claimKeyring(fingerprint: string): Promise<string> {
    const { file, statements } = this.#opened();
    return file.write(() => {
      statements.claimKeyring.run(fingerprint);
      return text(statements.keyring.get() ?? {}, 'keyring');
    });
  }

  async newestSealed(): Promise<SealedSnapshot | null> {
    const { file, statements } = this.#opened();
    const row = await file.retry(() => statements.newestSealed.get());
    return row === undefined ? null : sealedOf(row);
  }

  async purge(erasure: Erasure): Promise<void> {
    await this.#opened().writer.purge(erasure);
  }

  #opened(): Open {
    if (this.#open !== null) return this.#open;
    throw new PortFailure('STORE_UNAVAILABLE', `${this.#path} is not open`, { retryable: false });
  }
}

function isErasing(statements: SqliteStatements): boolean {
  return statements.erasing.get()?.['erasing'] === 1;
}
