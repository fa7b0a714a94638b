// A SQLite database in a file: synced, shared with other processes, and never waiting for them inside the event loop.

import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { PortFailure } from '@paystrata/application';
import { openDatabase } from './open-file.ts';
import { isBusy, isInputOutput, sqliteFailure } from './sqlite-failures.ts';
import { migrateSqlite, type SqliteMigration } from './migrate-sqlite.ts';

export interface SqliteFileOptions {
  readonly path: string;
  readonly migrations: readonly SqliteMigration[];
  /** Overwrite what is deleted with zeros. */
  readonly secureDelete?: boolean;
  /** Fail where another file has come into the place of this one, or none is there any more. */
  readonly watched?: boolean;
  /** How long to try again while another process holds the lock, in milliseconds. */
  readonly busyTimeoutMs?: number;
}

const DEFAULT_BUSY_TIMEOUT_MS = 15_000;

export class SqliteFile {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #busyTimeoutMs: number;
  /** Where the file was when it was opened; null: nobody looks. */
  readonly #place: string | null;

  private constructor(database: DatabaseSync, { path, watched = false, busyTimeoutMs }: SqliteFileOptions) {
    this.path = path;
    this.#database = database;
    this.#busyTimeoutMs = busyTimeoutMs ?? DEFAULT_BUSY_TIMEOUT_MS;
    this.#place = watched ? placeOf(path) : null;
  }

  /**
   * Opens the file, which only its owner may read, and brings its schema up to date.
   *
   * @throws PortFailure `SCHEMA_TOO_NEW`, `STORE_DAMAGED`, `STORE_FULL` or `STORE_UNAVAILABLE`.
   */
  static async open(options: SqliteFileOptions): Promise<SqliteFile> {
    const { path, migrations, secureDelete = false } = options;
    const database = openDatabase(path);
    const file = new SqliteFile(database, options);
    try {
      await file.retry(() => {
        database.exec('pragma journal_mode = wal');
        database.exec('pragma synchronous = full');
        database.exec('pragma foreign_keys = on');
        if (secureDelete) database.exec('pragma secure_delete = on');
      });
      await file.retry(() => migrateSqlite(database, migrations, path));
    } catch (error) {
      database.close();
      throw error;
    }
    return file;
  }

  prepare(sql: string): StatementSync {
    return this.#database.prepare(sql);
  }

  /** Runs the work, and again while another process holds the file. */
  async retry<T>(work: () => T): Promise<T> {
    const deadline = performance.now() + this.#busyTimeoutMs;
    for (;;) {
      this.#requireInPlace();
      try {
        return work();
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw sqliteFailure(error, this.path);
        await delay(1 + Math.random() * 4);
      }
    }
  }

  /** As `retry`, until the work answers true. */
  async retryUntil(work: () => boolean): Promise<void> {
    const deadline = performance.now() + this.#busyTimeoutMs;
    while (!(await this.retry(work))) {
      if (performance.now() > deadline) throw stillBusy(this.path);
      await delay(5);
    }
  }

  /**
   * One transaction, written and synced when this resolves. `work` must be synchronous, short, and fit to be run again.
   *
   * @throws what `work` throws, or PortFailure: `OUTCOME_UNKNOWN` where the disk failed while it was committed, any
   * other code where nothing was stored.
   */
  write<T>(work: () => T): Promise<T> {
    return this.retry(() => this.#transact(work));
  }

  /** From begin to commit nothing is awaited: no other caller of this connection comes in between. */
  #transact<T>(work: () => T): T {
    this.#database.exec('begin immediate');
    let committing = false;
    try {
      const result = work();
      committing = true;
      this.#database.exec('commit');
      if (!this.#isInPlace()) throw replacedMeanwhile(this.path);
      return result;
    } catch (error) {
      this.#rollback();
      throw committing && isInputOutput(error) ? unknownOutcome(this.path, error) : error;
    }
  }

  /** SQLite goes on with a file that was removed or replaced: what it wrote there would be lost. */
  #requireInPlace(): void {
    if (this.#isInPlace()) return;
    throw new PortFailure(
      'STORE_UNAVAILABLE',
      `${this.path} was removed or replaced while this process had it open: start the process again`,
      { retryable: false },
    );
  }

  #isInPlace(): boolean {
    return this.#place === null || placeOf(this.path) === this.#place;
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  /** SQLite has rolled back by itself after some errors. */
  #rollback(): void {
    if (this.#database.isTransaction) this.#database.exec('rollback');
  }
}

/** Names the file on its disk, wherever it is moved; empty where there is none. */
export function placeOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? '' : `${found.dev}/${found.ino}`;
}

function replacedMeanwhile(path: string): PortFailure {
  return new PortFailure(
    'OUTCOME_UNKNOWN',
    `${path} was removed or replaced during a commit: start the process again, and send the same command to find out`,
    { retryable: false },
  );
}

function stillBusy(path: string): PortFailure {
  return new PortFailure('STORE_UNAVAILABLE', `${path} is in use by other processes for too long`);
}

function unknownOutcome(path: string, cause: unknown): PortFailure {
  return new PortFailure(
    'OUTCOME_UNKNOWN',
    `the disk under ${path} failed while a commit was written: send the same command again to find out`,
    { cause },
  );
}
