// What the read models need of a database, whichever it is.

import type { Row } from '../../rows.ts';
import type { Table } from './table.ts';

export type DialectName = 'sqlite' | 'postgres';

/** A statement with places for its parameters, in the words of the database. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * Many rows for one table.
 *
 * - `put`: a row with the same key is replaced.
 * - `add`: what is not in the key is added to the row with the same key.
 * - `keep`: a row with the same key stays as it is.
 * - `remove`: only the columns of the key count.
 */
export interface RowChange {
  readonly table: Table;
  readonly way: 'put' | 'add' | 'keep' | 'remove';
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** One transaction. Rows come with integers as numbers or decimal texts: read them with `rows.ts`. */
export interface ReadsSession {
  all(statement: Statement): Promise<readonly Row[]>;
  change(change: RowChange, generation: number): Promise<void>;
  /** Removes the rows whose `count` has come to 0. */
  removeEmpty(table: Table, generation: number): Promise<void>;
  createTables(tables: readonly Table[], generation: number): Promise<void>;
  dropTables(tables: readonly string[], generation: number): Promise<void>;
}

/** Throws `PortFailure`s; what a transaction was stopped by is thrown once it is rolled back. */
export interface ReadsDatabase {
  readonly dialect: DialectName;
  open(): Promise<void>;
  close(): Promise<void>;
  /** Sees one moment of the database. */
  snapshot<T>(work: (session: ReadsSession) => Promise<T>): Promise<T>;
  /** All or nothing. Not synced: a crash may lose the last ones, whole and from the end. */
  transaction<T>(work: (session: ReadsSession) => Promise<T>): Promise<T>;
  /** Brings up to date what the planner knows, and gives back room. */
  optimize(): Promise<void>;
}
