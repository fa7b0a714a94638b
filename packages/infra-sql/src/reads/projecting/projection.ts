// A projection: what of the log is kept in tables, and how the next events change them.

import type { RecordedEvent } from '@paystrata/application';
import type { DialectName, ReadsSession, RowChange, Statement } from '../database/reads-database.ts';
import type { Table } from '../database/table.ts';
import type { Row } from '../../rows.ts';

/** A transaction on the tables of one generation. */
export interface ProjectionSession {
  readonly dialect: DialectName;
  readonly generation: number;
  all(statement: Statement): Promise<readonly Row[]>;
  change(change: RowChange): Promise<void>;
  /** Removes the rows whose `count` has come to 0. */
  removeEmpty(table: Table): Promise<void>;
}

export interface Projection {
  /** Lower-case letters; names the projection in the database. */
  readonly name: string;
  /** Raised with any change of what is written; the projection is then made again from the log. */
  readonly version: number;
  /** Their names must differ from those of other projections. */
  readonly tables: readonly Table[];
  /**
   * Writes what the events change. They are those that follow upon the last ones, in the order of positions; the
   * checkpoint moves in the same transaction.
   */
  project(session: ProjectionSession, events: readonly RecordedEvent[]): Promise<void>;
}

/** Binds a transaction to a generation. */
export function sessionOn(session: ReadsSession, dialect: DialectName, generation: number): ProjectionSession {
  return {
    dialect,
    generation,
    all: (statement) => session.all(statement),
    change: (change) => session.change(change, generation),
    removeEmpty: (table) => session.removeEmpty(table, generation),
  };
}

/** Several as one: of the same moment always, and of one reading of the log. */
export function together(name: string, parts: readonly Projection[]): Projection {
  return {
    name,
    version: parts.reduce((versions, { version }) => versions * 10_000 + version, 0),
    tables: parts.flatMap(({ tables }) => tables),
    project: async (session, events) => {
      for (const part of parts) await part.project(session, events);
    },
  };
}
