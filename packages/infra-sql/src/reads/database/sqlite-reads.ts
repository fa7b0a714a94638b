// The read models in a SQLite file of their own, shared by the processes of one machine.

import { PortFailure } from '@paystrata/application';
import type { Row } from '../../rows.ts';
import type { ReadsDatabase, ReadsSession, RowChange, Statement } from './reads-database.ts';
import { columnsOf, createStatements, onConflict, sqliteWords } from './schema-statements.ts';
import { MovingConnection } from './moving-connection.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { nameIn, type Table } from './table.ts';
import { TurnTaking } from './turn-taking.ts';

export interface SqliteReadsOptions {
  /** The file; made, with its folder, where there is none. It holds personal data open. */
  readonly path: string;
  /** How long to try again while another process holds the lock; 15 s where absent. */
  readonly busyTimeoutMs?: number;
}

interface Open {
  readonly reader: MovingConnection;
  readonly writer: MovingConnection;
}

const writing = [
  // Takes effect in a new file only; what is freed is given back by `optimize`.
  'pragma auto_vacuum = incremental',
  'pragma journal_mode = wal',
  'pragma synchronous = normal',
  'pragma secure_delete = on',
  'pragma cache_size = -65536',
  // Pages that many transactions change are copied into the file once for all of them.
  'pragma wal_autocheckpoint = 8000',
];
const reading = ['pragma query_only = on', 'pragma cache_size = -32768'];

/** One connection reads and one writes, so that no reader sees half a transaction. */
export class SqliteReads implements ReadsDatabase {
  readonly dialect = 'sqlite';
  readonly #path: string;
  readonly #busyTimeoutMs: number;
  readonly #reads = new TurnTaking();
  readonly #writes = new TurnTaking();
  #open: Open | null = null;

  constructor({ path, busyTimeoutMs = 15_000 }: SqliteReadsOptions) {
    this.#path = path;
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  async open(): Promise<void> {
    const [path, busyTimeoutMs] = [this.#path, this.#busyTimeoutMs];
    const writer = await MovingConnection.open('writing', { path, busyTimeoutMs, setup: writing });
    try {
      const reader = await MovingConnection.open('reading', { path, busyTimeoutMs, setup: reading });
      this.#open = { reader, writer };
    } catch (error) {
      await writer.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await Promise.all([this.#reads.idle(), this.#writes.idle()]);
    await open?.reader.close();
    await open?.writer.close();
  }

  async snapshot<T>(work: (session: ReadsSession) => Promise<T>): Promise<T> {
    const { reader } = this.#opened();
    return this.#reads.run(async () => inTransaction(await reader.next(), 'begin', work));
  }

  async transaction<T>(work: (session: ReadsSession) => Promise<T>): Promise<T> {
    const { writer } = this.#opened();
    return this.#writes.run(async () => inTransaction(await writer.next(), 'begin immediate', work));
  }

  async optimize(): Promise<void> {
    const { writer } = this.#opened();
    await this.#writes.run(async () => {
      const connection = await writer.next();
      await connection.exec('analyze');
      await connection.exec('pragma incremental_vacuum');
      await connection.exec('pragma wal_checkpoint(truncate)');
    });
  }

  #opened(): Open {
    if (this.#open !== null) return this.#open;
    throw new PortFailure('STORE_UNAVAILABLE', `${this.#path} is not open`, { retryable: false });
  }
}

async function inTransaction<T>(
  connection: SqliteConnection,
  begin: 'begin' | 'begin immediate',
  work: (session: ReadsSession) => Promise<T>,
): Promise<T> {
  await connection.begin(begin);
  try {
    const result = await work(new SqliteSession(connection));
    await connection.commit();
    return result;
  } catch (error) {
    // Where that fails too, what went wrong first is what counts.
    await connection.rollback().catch(() => undefined);
    throw error;
  }
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
