// The read models in a SQLite file of their own, shared by the processes of one machine.

import { setTimeout as delay } from 'node:timers/promises';
import { PortFailure } from '@paystrata/application';
import type { Row } from '../../rows.ts';
import { isBusy, sqliteFailure } from '../../sqlite/sqlite-failures.ts';
import type { ReadsDatabase, ReadsSession, RowChange, Statement } from './reads-database.ts';
import { columnsOf, createStatements, onConflict, sqliteWords } from './schema-statements.ts';
import { LocalSqliteConnection, type SqliteConnection } from './sqlite-connection.ts';
import { nameIn, type Table } from './table.ts';
import { TurnTaking } from './turn-taking.ts';

export interface SqliteReadsOptions {
  /** The file; made, with its folder, where there is none. It holds personal data open. */
  readonly path: string;
  /** How long to try again while another process holds the lock; 15 s where absent. */
  readonly busyTimeoutMs?: number;
}

interface Open {
  readonly reader: SqliteConnection;
  readonly writer: SqliteConnection;
}

/** One connection reads and one writes, so that no reader sees half a transaction. */
export class SqliteReads implements ReadsDatabase {
  readonly dialect = 'sqlite';
  readonly #path: string;
  readonly #busyTimeoutMs: number;
  readonly #reading = new TurnTaking();
  readonly #writing = new TurnTaking();
  #open: Open | null = null;

  constructor({ path, busyTimeoutMs = 15_000 }: SqliteReadsOptions) {
    this.#path = path;
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  async open(): Promise<void> {
    const writer = new LocalSqliteConnection(this.#path);
    try {
      await this.#patiently(() => prepare(writer));
      const reader = new LocalSqliteConnection(this.#path);
      await reader.exec('pragma query_only = on');
      this.#open = { reader, writer };
    } catch (error) {
      await writer.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#reading.idle(), this.#writing.idle()]);
    const open = this.#open;
    this.#open = null;
    await open?.reader.close();
    await open?.writer.close();
  }

  snapshot<T>(work: (session: ReadsSession) => Promise<T>): Promise<T> {
    return this.#reading.run(() => this.#inTransaction(this.#opened().reader, 'begin', work));
  }

  transaction<T>(work: (session: ReadsSession) => Promise<T>): Promise<T> {
    return this.#writing.run(() => this.#inTransaction(this.#opened().writer, 'begin immediate', work));
  }

  async optimize(): Promise<void> {
    await this.#writing.run(() =>
      this.#patiently(async () => {
        const { writer } = this.#opened();
        await writer.exec('analyze');
        await writer.exec('pragma incremental_vacuum');
        await writer.exec('pragma wal_checkpoint(truncate)');
      }),
    );
  }

  async #inTransaction<T>(
    connection: SqliteConnection,
    begin: string,
    work: (session: ReadsSession) => Promise<T>,
  ): Promise<T> {
    await this.#patiently(() => connection.exec(begin));
    try {
      const result = await work(new SqliteSession(connection));
      await this.#patiently(() => connection.exec('commit'));
      return result;
    } catch (error) {
      // SQLite has rolled back by itself after some errors.
      if (await connection.isTransaction()) await connection.exec('rollback');
      throw sqliteFailure(error, this.#path);
    }
  }

  /** Again while another process holds the file. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#busyTimeoutMs;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw sqliteFailure(error, this.#path);
        await delay(1 + Math.random() * 4);
      }
    }
  }

  #opened(): Open {
    if (this.#open !== null) return this.#open;
    throw new PortFailure('STORE_UNAVAILABLE', `${this.#path} is not open`, { retryable: false });
  }
}

async function prepare(writer: SqliteConnection): Promise<void> {
  // Takes effect in a new file only; what is freed is given back by `optimize`.
  await writer.exec('pragma auto_vacuum = incremental');
  await writer.exec('pragma journal_mode = wal');
  await writer.exec('pragma synchronous = normal');
  await writer.exec('pragma secure_delete = on');
  await writer.exec('pragma cache_size = -65536');
  // Pages that many transactions change are copied into the file once for all of them.
  await writer.exec('pragma wal_autocheckpoint = 8000');
}

class SqliteSession implements ReadsSession {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  all({ sql, parameters }: Statement): Promise<readonly Row[]> {
    return this.#connection.all(sql, parameters);
  }

  async change(change: RowChange, generation: number): Promise<void> {
    if (change.rows.length === 0) return;
    const columns = columnsOf(change);
    const table = nameIn(generation, change.table.name);
    const sql =
      change.way === 'remove'
        ? `delete from ${table} where ${columns.map((column) => `${column} = ?`).join(' and ')}`
        : `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})
            ${onConflict(change, table)}`;
    await this.#connection.each(
      sql,
      change.rows.map((row) => columns.map((column) => row[column])),
    );
  }

  async removeEmpty({ name }: Table, generation: number): Promise<void> {
    await this.#connection.each(`delete from ${nameIn(generation, name)} where count = 0`, [[]]);
  }

  async createTables(tables: readonly Table[], generation: number): Promise<void> {
    for (const table of tables) {
      for (const sql of createStatements(table, generation, sqliteWords)) await this.#connection.exec(sql);
    }
  }

  async dropTables(tables: readonly string[], generation: number): Promise<void> {
    for (const table of tables) await this.#connection.exec(`drop table if exists ${nameIn(generation, table)}`);
  }
}
