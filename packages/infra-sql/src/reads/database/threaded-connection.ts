// A connection to the file of the read models in another thread: the event loop does not stand still for it.

import { PortFailure } from '@paystrata/application';
import type { Row } from '../../rows.ts';
import { programBeside, Thread, ThreadEnded } from '../../threads/thread.ts';
import type { ReadsCalls } from './reads-program.ts';
import type { SqliteConnection, SqliteConnectionOptions } from './sqlite-connection.ts';

/** Those who read and those who write do not wait for each other. */
export type ThreadUse = 'reading' | 'writing';

export class ThreadedSqliteConnection implements SqliteConnection {
  readonly #thread: Thread<ReadsCalls>;
  readonly #number: number;

  private constructor(thread: Thread<ReadsCalls>, number: number) {
    this.#thread = thread;
    this.#number = number;
  }

  /** Starts the thread where it does not run yet; all read models of this process share it. */
  static async open(use: ThreadUse, options: SqliteConnectionOptions): Promise<ThreadedSqliteConnection> {
    const thread = runningThread(use);
    return new ThreadedSqliteConnection(thread, await orUnavailable(thread.call('open', options)));
  }

  get hasEnded(): boolean {
    return this.#thread.hasEnded;
  }

  begin(how: 'begin' | 'begin immediate'): Promise<void> {
    return orUnavailable(this.#thread.call('begin', this.#number, how));
  }

  commit(): Promise<void> {
    return orUnavailable(this.#thread.call('commit', this.#number));
  }

  rollback(): Promise<void> {
    return orUnavailable(this.#thread.call('rollback', this.#number));
  }

  exec(sql: string): Promise<void> {
    return orUnavailable(this.#thread.call('exec', this.#number, sql));
  }

  all(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
    return orUnavailable(this.#thread.call('all', this.#number, sql, parameters));
  }

  each(sql: string, parameters: readonly (readonly unknown[])[]): Promise<void> {
    return orUnavailable(this.#thread.call('each', this.#number, sql, parameters));
  }

  async close(): Promise<void> {
    if (!this.hasEnded) await this.#thread.call('close', this.#number);
  }
}

/** What was not committed is projected again, so nothing is unknown. */
async function orUnavailable<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    if (!(cause instanceof ThreadEnded)) throw cause;
    throw new PortFailure('STORE_UNAVAILABLE', `the thread of the read models ended: ${cause.message}`, { cause });
  }
}

const running = new Map<ThreadUse, Thread<ReadsCalls>>();

function runningThread(use: ThreadUse): Thread<ReadsCalls> {
  const known = running.get(use);
  if (known !== undefined && !known.hasEnded) return known;
  const thread = new Thread<ReadsCalls>(programBeside(import.meta.url, 'reads-program'));
  running.set(use, thread);
  return thread;
}
