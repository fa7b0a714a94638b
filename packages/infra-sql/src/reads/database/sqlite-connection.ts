// One connection to the file of the read models, in this thread.

import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Row } from '../../rows.ts';
import { openDatabase } from '../../sqlite/open-file.ts';
import { isBusy, sqliteFailure } from '../../sqlite/sqlite-failures.ts';

export interface SqliteConnectionOptions {
  readonly path: string;
  /** How long to try again while another process holds the lock, in milliseconds. */
  readonly busyTimeoutMs: number;
  /** Pragmas to begin with. */
  readonly setup: readonly string[];
}

/** What may be asked of a connection, in this thread or in another. Errors are `PortFailure`s, or one statement's own. */
export interface SqliteConnection {
  begin(how: 'begin' | 'begin immediate'): Promise<void>;
  commit(): Promise<void>;
  /** Whatever of a transaction is left. */
  rollback(): Promise<void>;
  exec(sql: string): Promise<void>;
  all(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]>;
  /** The same statement for each of the parameters. */
  each(sql: string, parameters: readonly (readonly unknown[])[]): Promise<void>;
  close(): Promise<void>;
}

/** Prepared statements that are kept. */
const MAX_STATEMENTS = 200;

export class LocalSqliteConnection implements SqliteConnection {
  readonly #path: string;
  readonly #busyTimeoutMs: number;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #spentMs = 0;

  private constructor(path: string, busyTimeoutMs: number, database: DatabaseSync) {
    this.#path = path;
    this.#busyTimeoutMs = busyTimeoutMs;
    this.#database = database;
  }

  /** @throws PortFailure */
  static async open({ path, busyTimeoutMs, setup }: SqliteConnectionOptions): Promise<LocalSqliteConnection> {
    const connection = new LocalSqliteConnection(path, busyTimeoutMs, openDatabase(path));
    try {
      for (const pragma of setup) await connection.exec(pragma);
    } catch (error) {
      await connection.close();
      throw error;
    }
    return connection;
  }

  /** How long this thread stood still for it so far, in milliseconds. */
  get spentMs(): number {
    return this.#spentMs;
  }

  begin(how: 'begin' | 'begin immediate'): Promise<void> {
    return this.#patiently(() => this.#database.exec(how));
  }

  commit(): Promise<void> {
    return this.#patiently(() => this.#database.exec('commit'));
  }

  /** SQLite has rolled back by itself after some errors. */
  async rollback(): Promise<void> {
    if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('rollback');
  }

  exec(sql: string): Promise<void> {
    return this.#patiently(() => this.#database.exec(sql));
  }

  async all(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
    return this.#timed(() => this.#prepared(sql).all(...parameters.map(bound)));
  }

  /** Others have their turn afterwards: the statements of a transaction together take too long for an event loop. */
  async each(sql: string, parameters: readonly (readonly unknown[])[]): Promise<void> {
    this.#timed(() => {
      const statement = this.#prepared(sql);
      for (const row of parameters) statement.run(...row.map(bound));
    });
    await setImmediate();
  }

  async close(): Promise<void> {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  /** Again while another process holds the file. */
  async #patiently(work: () => void): Promise<void> {
    const deadline = performance.now() + this.#busyTimeoutMs;
    for (;;) {
      try {
        this.#measured(work);
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw sqliteFailure(error, this.#path);
        await delay(1 + Math.random() * 4);
      }
    }
  }

  #timed<T>(work: () => T): T {
    try {
      return this.#measured(work);
    } catch (error) {
      throw sqliteFailure(error, this.#path);
    }
  }

  #measured<T>(work: () => T): T {
    const began = performance.now();
    try {
      return work();
    } finally {
      this.#spentMs += performance.now() - began;
    }
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return known;
    }
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > MAX_STATEMENTS && oldest !== undefined) this.#statements.delete(oldest);
    return statement;
  }
}

function bound(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
    return value;
  }
  throw new TypeError(`SQLite takes no ${typeof value}`);
}
