// A connection that begins in this thread and moves to another one once it has cost some time: a program that asks one
// thing and ends goes on without a thread.

import { LocalSqliteConnection, type SqliteConnection, type SqliteConnectionOptions } from './sqlite-connection.ts';
import { ThreadedSqliteConnection, type ThreadUse } from './threaded-connection.ts';

/** What the event loop stands still for in all, in pieces that are shorter. */
const MOVE_AFTER_MS = 100;

export class MovingConnection {
  readonly #use: ThreadUse;
  readonly #options: SqliteConnectionOptions;
  #current: LocalSqliteConnection | ThreadedSqliteConnection;

  private constructor(use: ThreadUse, options: SqliteConnectionOptions, current: LocalSqliteConnection) {
    this.#use = use;
    this.#options = options;
    this.#current = current;
  }

  static async open(use: ThreadUse, options: SqliteConnectionOptions): Promise<MovingConnection> {
    return new MovingConnection(use, options, await LocalSqliteConnection.open(options));
  }

  /** The connection for the next transaction. */
  async next(): Promise<SqliteConnection> {
    const current = this.#current;
    const stays = current instanceof LocalSqliteConnection ? current.spentMs < MOVE_AFTER_MS : !current.hasEnded;
    if (stays) return current;
    this.#current = await ThreadedSqliteConnection.open(this.#use, this.#options);
    await current.close();
    return this.#current;
  }

  close(): Promise<void> {
    return this.#current.close();
  }
}
