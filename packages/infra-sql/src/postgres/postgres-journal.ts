// The journal in a PostgreSQL database.

import type { QueryConfig } from 'pg';
import type { ExpectedVersion, StreamName } from '@paystrata/application';
import { ArchiveReader } from '../archive/archive-reader.ts';
import type { LogTables } from '../archive/log-tables.ts';
import { postgresLogTables } from '../archive/postgres-log-tables.ts';
import { documentOf, erasureOf, eventOf, sealedOf, streamPageOf } from '../journal/journal-rows.ts';
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
import { boolean, integer, integerOrNull, text, textOrNull, type Row } from '../rows.ts';
import { commitStatement } from './commit-statement.ts';
import { postgresMigrations } from './journal-schema.ts';
import { migratePostgres, rowOf } from './migrate-postgres.ts';
import { closedDatabase, PostgresDatabase, type PostgresDatabaseOptions } from './postgres-database.ts';
import { beginEpoch } from './postgres-epoch.ts';
import {
  claimKeyringQuery,
  erasuresQuery,
  headQuery,
  keyringQuery,
  loadQuery,
  metadataQuery,
  nameErasedKeyQuery,
  newestSealedQuery,
  purgeQuery,
  readQuery,
  readStreamQuery,
  setMetadataStatement,
  tombstoneStatement,
} from './postgres-statements.ts';

interface Open {
  readonly database: PostgresDatabase;
  readonly epoch: string;
  readonly same: SameLog;
}

export class PostgresJournal implements Journal {
  readonly name = 'postgres';
  readonly archive = new ArchiveReader(() => this.tables());
  readonly #options: PostgresDatabaseOptions;
  #open: Open | null = null;

  constructor(options: PostgresDatabaseOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    let epoch = '';
    const database = await PostgresDatabase.open(this.#options, async (client) => {
      await migratePostgres(client, 'journal', postgresMigrations);
      epoch = await beginEpoch(client);
    });
    const [row] = await database.read(headQuery);
    this.#open = { database, epoch, same: new SameLog('postgres', logStateOf(row ?? {})) };
  }

  async stop(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.database.close();
  }

  epoch(): string {
    return this.#opened().epoch;
  }

  async commit(batch: readonly JournalEntry[]): Promise<readonly JournalResult[]> {
    const { database, same } = this.#opened();
    const { seen } = same;
    const results = (await database.commit(commitStatement(batch))).map(resultOf);
    for (const result of results) if (result.outcome === 'committed') same.committed(result.position, seen);
    return results;
  }

  async load(stream: StreamName, eventId: string | null): Promise<JournalState> {
    const row = rowOf({ rows: await this.#readChecked(loadQuery(stream, eventId)) });
    return {
      document: documentOf(row),
      appliedVersion: integerOrNull(row, 'applied'),
      erasing: boolean(row, 'erasing'),
    };
  }

  async read(request: JournalRequest): Promise<JournalPage> {
    const rows = await this.#readChecked(readQuery({ ...request, limit: request.limit + 1 }));
    const first = rowOf({ rows });
    const events = first['position'] === null ? [] : rows.map(eventOf);
    return {
      events: await this.archive.fill(events.slice(0, request.limit)),
      more: events.length > request.limit,
      head: integer(first, 'head'),
      erasing: boolean(first, 'erasing'),
    };
  }

  async readStream(stream: StreamName, range: StreamRange): Promise<JournalStreamPage> {
    const rows = await this.#readChecked(readStreamQuery(stream, range));
    const page = streamPageOf(rows.filter((row) => row['stream_version'] !== null));
    return { ...page, events: await this.archive.fill(page.events) };
  }

  async head(): Promise<number> {
    return integer(rowOf({ rows: await this.#readChecked(headQuery) }), 'head');
  }

  async metadata(stream: StreamName): Promise<JournalMetadata> {
    const [row] = await this.#read(metadataQuery(stream));
    if (row === undefined) return { text: null, revision: 0 };
    return { text: textOrNull(row, 'metadata'), revision: integer(row, 'metadata_revision') };
  }

  async setMetadata(stream: StreamName, value: string, expectedRevision: number): Promise<number | null> {
    const rows = await this.#opened().database.commit(setMetadataStatement(stream, value, expectedRevision));
    return integerOrNull(rowOf({ rows }), 'actual');
  }

  async tombstone(stream: StreamName, expected: ExpectedVersion): Promise<number | null> {
    const rows = await this.#opened().database.commit(tombstoneStatement(stream, expected));
    return integerOrNull(rowOf({ rows }), 'actual');
  }

  tables(): LogTables {
    return postgresLogTables(this.#opened().database);
  }

  async erasures(): Promise<readonly Erasure[]> {
    return (await this.#read(erasuresQuery)).map(erasureOf);
  }

  async nameErasedKey(erasure: Erasure, keyId: string): Promise<string | null> {
    const [row] = await this.#read(nameErasedKeyQuery(erasure, keyId));
    return row === undefined ? null : text(row, 'key');
  }

  async keyring(): Promise<string | null> {
    return textOrNull(rowOf({ rows: await this.#read(keyringQuery) }), 'keyring');
  }

  async claimKeyring(fingerprint: string): Promise<string> {
    return text(rowOf({ rows: await this.#read(claimKeyringQuery(fingerprint)) }), 'keyring');
  }

  async newestSealed(): Promise<SealedSnapshot | null> {
    const [row] = await this.#read(newestSealedQuery);
    return row === undefined ? null : sealedOf(row);
  }

  async purge(erasure: Erasure): Promise<void> {
    await this.#read(purgeQuery(erasure));
  }

  /** The first row says which log it is, and where that ended. */
  async #readChecked(query: QueryConfig): Promise<readonly Row[]> {
    const { same } = this.#opened();
    const { seen } = same;
    const rows = await this.#read(query);
    same.check(logStateOf(rowOf({ rows })), seen);
    return rows;
  }

  #read(query: QueryConfig): Promise<readonly Row[]> {
    return this.#opened().database.read(query);
  }

  #opened(): Open {
    if (this.#open !== null) return this.#open;
    throw closedDatabase();
  }
}

function logStateOf(row: Row): LogState {
  return { epoch: text(row, 'epoch'), head: integer(row, 'head') };
}

function resultOf(row: Row): JournalResult {
  switch (row['outcome']) {
    case 'committed':
      return { outcome: 'committed', version: integer(row, 'version'), position: integer(row, 'position') };
    case 'duplicate':
      return { outcome: 'duplicate', version: integer(row, 'version'), position: integer(row, 'position') };
    case 'ended':
    case 'erasing':
      return { outcome: row['outcome'] };
    default:
      return { outcome: 'wrong_version', actualVersion: integer(row, 'version') };
  }
}
