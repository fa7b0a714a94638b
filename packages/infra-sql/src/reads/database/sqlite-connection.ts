// One connection to the file of the read models.

import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { PortFailure } from '@paystrata/application';
import type { Row } from '../../rows.ts';

/** What may be asked of a connection, in this thread or in another. */
export interface SqliteConnection {
  exec(sql: string): Promise<void>;
  all(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]>;
  /** The same statement for each of the parameters. */
  each(sql: string, parameters: readonly (readonly unknown[])[]): Promise<void>;
  isTransaction(): Promise<boolean>;
  close(): Promise<void>;
}

/** Prepared statements that are kept. */
const MAX_STATEMENTS = 200;
/** SQLite waits that long inside a call; longer waits are waits of the caller. */
const BUSY_IN_CALL_MS = 10;

/** Works in the thread that calls it. Its errors are SQLite's own. */
export class LocalSqliteConnection implements SqliteConnection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @throws PortFailure `STORE_UNAVAILABLE` */
  constructor(path: string) {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      // SQLite gives its other files the mode of this one.
      closeSync(openSync(path, 'a', 0o600));
      this.#database = new DatabaseSync(path, { timeout: BUSY_IN_CALL_MS });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new PortFailure('STORE_UNAVAILABLE', `${path} cannot be opened: ${why}`, { cause, retryable: false });
    }
  }

  async exec(sql: string): Promise<void> {
    this.#database.exec(sql);
  }

  async all(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
    return this.#prepared(sql).all(...parameters.map(bound));
  }

  async each(sql: string, parameters: readonly (readonly unknown[])[]): Promise<void> {
    const statement = this.#prepared(sql);
    for (const row of parameters) statement.run(...row.map(bound));
  }

  async isTransaction(): Promise<boolean> {
    return this.#database.isOpen && this.#database.isTransaction;
  }

  async close(): Promise<void> {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
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
