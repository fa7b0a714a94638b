// The tables of the log, for what is done with whole parts of it: archiving, sealing, verifying.

import type { Row } from '../rows.ts';

type Value = string | number | Uint8Array;

/** In the words of PostgreSQL: parameters are `$1` and so on, tables have their schema. */
export interface LogQuery {
  /** Names the text, which is prepared once. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly Value[];
}

/** A segment as it is stored. */
interface NewSegment {
  /** Ascending; all of them have their text in the log still, or nothing is stored. */
  readonly positions: readonly number[];
  readonly codec: string;
  readonly format: number;
  readonly checksum: Uint8Array;
  readonly root: Uint8Array;
  /** Milliseconds since 1970. */
  readonly archivedAt: number;
  readonly bytes: Uint8Array;
}

/** Throws `PortFailure`s. */
export interface LogTables {
  /** One statement that may be sent again, seeing one moment of the database. */
  select(query: LogQuery): Promise<readonly Row[]>;
  /**
   * Stores the segment and takes the texts out of the log, in one synced transaction.
   *
   * @returns false where one of the events has its text elsewhere already: nothing was changed.
   */
  storeSegment(segment: NewSegment): Promise<boolean>;
}
