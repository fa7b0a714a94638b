// A writer in the thread that all the journals of this process share.

import { PortFailure, type ExpectedVersion, type StreamName } from '@paystrata/application';
import type { Erasure, JournalEntry, JournalResult } from '../journal/journal.ts';
import { programBeside, Thread, ThreadEnded } from '../threads/thread.ts';
import { packBatch } from './packed-batch.ts';
import type { SqliteWriter } from './sqlite-writer.ts';
import type { WriterCalls } from './journal-program.ts';

/** What writes to a journal, in whichever thread. */
export type JournalWriter = Pick<SqliteWriter, 'commit' | 'setMetadata' | 'tombstone' | 'purge'>;

export class ThreadedWriter implements JournalWriter {
  readonly #thread: Thread<WriterCalls>;
  readonly #number: number;
  readonly #path: string;

  private constructor(thread: Thread<WriterCalls>, number: number, path: string) {
    this.#thread = thread;
    this.#number = number;
    this.#path = path;
  }

  /** Starts the thread where it does not run yet. */
  static async open(path: string): Promise<ThreadedWriter> {
    const thread = runningThread();
    return new ThreadedWriter(thread, await thread.call('open', path), path);
  }

  get hasEnded(): boolean {
    return this.#thread.hasEnded;
  }

  async close(): Promise<void> {
    if (!this.hasEnded) await this.#thread.call('close', this.#number);
  }

  commit(batch: readonly JournalEntry[]): Promise<readonly JournalResult[]> {
    return this.#orUnknown(this.#thread.call('commit', this.#number, packBatch(batch)));
  }

  setMetadata(stream: StreamName, value: string, expectedRevision: number): Promise<number | null> {
    return this.#orUnknown(this.#thread.call('setMetadata', this.#number, stream, value, expectedRevision));
  }

  tombstone(stream: StreamName, expected: ExpectedVersion): Promise<number | null> {
    return this.#orUnknown(this.#thread.call('tombstone', this.#number, stream, expected));
  }

  purge(erasure: Erasure): Promise<void> {
    return this.#orUnknown(this.#thread.call('purge', this.#number, erasure));
  }

  async #orUnknown<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof ThreadEnded)) throw error;
      throw new PortFailure(
        'OUTCOME_UNKNOWN',
        `the thread that writes to ${this.#path} ended (${error.message}): send the same command again to find out`,
        { cause: error },
      );
    }
  }
}

let running: Thread<WriterCalls> | null = null;

function runningThread(): Thread<WriterCalls> {
  if (running === null || running.hasEnded) running = new Thread(programBeside(import.meta.url, 'journal-program'));
  return running;
}
