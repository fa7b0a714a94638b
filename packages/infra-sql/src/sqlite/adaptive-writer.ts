// Writes in the calling thread while a journal is hardly used, and in a thread of its own from then on.

import type { ExpectedVersion, StreamName } from '@paystrata/application';
import type { Erasure, JournalEntry, JournalResult } from '../journal/journal.ts';
import { ThreadedWriter, type JournalWriter } from './threaded-writer.ts';

/** A program that commits a few times and ends is done before a thread would have started. */
const COMMITS_BEFORE_THREAD = 32;

export class AdaptiveWriter implements JournalWriter {
  readonly #path: string;
  readonly #here: JournalWriter;
  #threaded: ThreadedWriter | null = null;
  #starting: Promise<void> | null = null;
  #commits = 0;

  constructor(path: string, here: JournalWriter) {
    this.#path = path;
    this.#here = here;
  }

  async close(): Promise<void> {
    await this.#starting;
    await this.#threaded?.close();
  }

  commit(batch: readonly JournalEntry[]): Promise<readonly JournalResult[]> {
    if (++this.#commits > COMMITS_BEFORE_THREAD) this.#startThread();
    return this.#writer().commit(batch);
  }

  setMetadata(stream: StreamName, value: string, expectedRevision: number): Promise<number | null> {
    return this.#writer().setMetadata(stream, value, expectedRevision);
  }

  tombstone(stream: StreamName, expected: ExpectedVersion): Promise<number | null> {
    return this.#writer().tombstone(stream, expected);
  }

  purge(erasure: Erasure): Promise<void> {
    return this.#writer().purge(erasure);
  }

  #writer(): JournalWriter {
    return this.#threaded === null || this.#threaded.hasEnded ? this.#here : this.#threaded;
  }

  /** Commits go on here until it runs, and where it does not. */
  #startThread(): void {
    if (this.#starting !== null) return;
    this.#starting = ThreadedWriter.open(this.#path).then(
      (writer) => {
        this.#threaded = writer;
      },
      (error: unknown) => {
        process.emitWarning(
          `${this.#path} is written in the calling thread, for no other one starts: ${String(error)}`,
        );
      },
    );
  }
}
