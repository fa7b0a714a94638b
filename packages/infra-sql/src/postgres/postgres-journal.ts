// The journal in a PostgreSQL database.

import { PortFailure, type LogRequest, type PaymentKey } from '@paystrata/application';
import type { CommandId } from '@paystrata/domain';
import type { Erasure, Journal, JournalEntry, JournalPage, JournalResult, JournalState } from '../journal/journal.ts';
import { erasureOf, eventOf } from '../journal/journal-rows.ts';
import { boolean, integer, integerOrNull, text, textOrNull, type Row } from '../rows.ts';
import { commitStatement } from './commit-statement.ts';
import { postgresMigrations } from './journal-schema.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { closedDatabase, PostgresDatabase, type PostgresDatabaseOptions } from './postgres-database.ts';
import { epochQuery, erasuresQuery, loadQuery, purgeQuery, readQuery } from './postgres-statements.ts';

export class PostgresJournal implements Journal {
  readonly name = 'postgres';
  readonly #options: PostgresDatabaseOptions;
  #open: { readonly database: PostgresDatabase; readonly epoch: string } | null = null;

  constructor(options: PostgresDatabaseOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const database = await PostgresDatabase.open(this.#options, (client) =>
      migratePostgres(client, postgresMigrations),
    );
    try {
      this.#open = { database, epoch: text(only(await database.read(epochQuery)), 'epoch') };
    } catch (error) {
      await database.close();
      throw error;
    }
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
    const rows = await this.#opened().database.commit(commitStatement(batch));
    return rows.map(resultOf);
  }

  async load(key: PaymentKey, commandId: CommandId | null): Promise<JournalState> {
    const row = only(await this.#opened().database.read(loadQuery(key, commandId)));
    const erasing = boolean(row, 'erasing');
    if (row['state'] === null) return { snapshot: null, appliedVersion: null, erasing };
    const { organizationId, paymentId } = key;
    return {
      snapshot: {
        organizationId,
        paymentId,
        subject: text(row, 'subject'),
        state: text(row, 'state'),
        sealed: textOrNull(row, 'sealed'),
      },
      appliedVersion: integerOrNull(row, 'applied'),
      erasing,
    };
  }

  async read(request: LogRequest): Promise<JournalPage> {
    const rows = await this.#opened().database.read(readQuery({ ...request, limit: request.limit + 1 }));
    const first = only(rows.slice(0, 1));
    const events = rows.filter((row) => row['position'] !== null).map(eventOf);
    return {
      events: events.slice(0, request.limit),
      more: events.length > request.limit,
      head: integer(first, 'head'),
      erasing: boolean(first, 'erasing'),
    };
  }

  async erasures(): Promise<readonly Erasure[]> {
    return (await this.#opened().database.read(erasuresQuery)).map(erasureOf);
  }

  async purge({ organizationId, subject }: Erasure): Promise<void> {
    await this.#opened().database.read(purgeQuery(organizationId, subject));
  }

  #opened(): { readonly database: PostgresDatabase; readonly epoch: string } {
    if (this.#open !== null) return this.#open;
    throw closedDatabase();
  }
}

function only(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row !== undefined) return row;
  throw new PortFailure('STORE_DAMAGED', 'the table paystrata.journal is empty');
}

function resultOf(row: Row): JournalResult {
  switch (row['outcome']) {
    case 'committed':
      return { outcome: 'committed', position: integer(row, 'position') };
    case 'duplicate':
      return { outcome: 'duplicate', version: integer(row, 'version'), position: integer(row, 'position') };
    case 'erasing':
      return { outcome: 'erasing' };
    default:
      return { outcome: 'wrong_version', actualVersion: integer(row, 'version') };
  }
}
