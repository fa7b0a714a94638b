// Where a record in SQL is kept.

/** A file on a disk of this machine, which several processes may share, or a database that any number of machines may share. */
type SqlPlace =
  | {
      readonly kind: 'sqlite';
      readonly path: string;
      /** The file of the read models; null: beside the log, `journal-reads.db` for `journal.db`. */
      readonly readsPath: string | null;
    }
  | {
      readonly kind: 'postgres';
      readonly url: string;
      /** Connections of this process at most. */
      readonly poolSize: number;
    };

export interface SqlRecordOptions {
  /** Of the store, in health and failures, with the kind in brackets. */
  readonly name: string;
  readonly store: SqlPlace;
  /** The file of the keys that seal personal data. */
  readonly keyringPath: string | null;
  /** The database of those keys in place of a file, for several machines: another one than that of the log. */
  readonly keyringUrl: string | null;
  readonly archive: {
    /** Events older than so many days are compressed in the background; they are read as before. Null: none are. */
    readonly afterDays: number | null;
  };
}
