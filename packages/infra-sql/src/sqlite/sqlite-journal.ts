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
import { SameLog, type LogState } from '../journal/same-log.ts';
import { integer, text, textOrNull } from '../rows.ts';
import { journalMigrations } from './journal-schema.ts';
import { SqliteFile } from './sqlite-file.ts';
import { AdaptiveWriter } from './adaptive-writer.ts';
import { beginEpoch } from './sqlite-epoch.ts';
import { SqliteWriter } from './sqlite-writer.ts';
import { prepareStatements, type SqliteStatements } from './sqlite-statements.ts';

interface Open {
  readonly file: SqliteFile;
  readonly statements: SqliteStatements;
  readonly writer: AdaptiveWriter;
  readonly epoch: string;
  readonly tables: LogTables;
  readonly same: SameLog;
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
    const file = await SqliteFile.open({ path: this.#path, migrations: journalMigrations, watched: true });
    try {
      const statements = prepareStatements(file);
      const writer = new AdaptiveWriter(this.#path, new SqliteWriter(file, statements));
      const epoch = await beginEpoch(file, statements);
      const same = new SameLog(this.#path, await file.retry(() => stateOf(statements)));
      this.#open = { file, statements, writer, epoch, tables: sqliteLogTables(file), same };
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
    const { writer, same } = this.#opened();
    const { seen } = same;
    const results = await writer.commit(batch);
    for (const result of results) if (result.outcome === 'committed') same.committed(result.position, seen);
    return results;
  }

  async load({ organizationId, category, id }: StreamName, eventId: string | null): Promise<JournalState> {
    const { file, statements, same } = this.#opened();
    return file.retry(() => {
      const { erasing } = checked(statements, same);
      const row = statements.readStream.get(id, category, organizationId);
      if (row === undefined) return { document: null, appliedVersion: null, erasing };
      const applied = eventId === null ? undefined : statements.findId.get(integer(row, 'stream'), eventId);
      return { document: documentOf(row), appliedVersion: applied ? integer(applied, 'version') : null, erasing };
    });
  }

  async read(request: JournalRequest): Promise<JournalPage> {
    const { file, statements, same } = this.#opened();
    const page = await file.retry(() => {
      const { erasing, head } = checked(statements, same);
      const rows = statements.select(eventsQuery({ ...request, limit: request.limit + 1 }, dialect));
      const events = rows.slice(0, request.limit).map(eventOf);
      return { events, more: rows.length > request.limit, head, erasing };
    });
    return { ...page, events: await this.archive.fill(page.events) };
  }

  async readStream(stream: StreamName, range: StreamRange): Promise<JournalStreamPage> {
    const { file, statements, same } = this.#opened();
    const rows = await file.retry(() => {
      checked(statements, same);
      return statements.select(streamQuery(stream, range, dialect));
    });
    const page = streamPageOf(rows);
    return { ...page, events: await this.archive.fill(page.events) };
  }

  async head(): Promise<number> {
    const { file, statements, same } = this.#opened();
    return file.retry(() => checked(statements, same).head);
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

  async nameErasedKey({ organizationId, subject, id }: Erasure, keyId: string): Promise<string | null> {
    const { file, statements } = this.#opened();
    const row = await file.write(() => statements.nameErasedKey.get(keyId, organizationId, subject, id));
    return row === undefined ? null : text(row, 'key');
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

interface State extends LogState {
  readonly erasing: boolean;
}

function stateOf(statements: SqliteStatements): State {
  const row = statements.state.get() ?? {};
  return { epoch: text(row, 'epoch'), head: integer(row, 'position'), erasing: row['erasing'] === 1 };
}

/** @throws PortFailure where it is another log */
function checked(statements: SqliteStatements, same: SameLog): State {
  const state = stateOf(statements);
  same.check(state, same.seen);
  return state;
}
