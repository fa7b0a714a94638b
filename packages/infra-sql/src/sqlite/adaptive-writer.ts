// Writes in the calling thread what is committed alone, and in a thread of its own what many commit together.

import type { ExpectedVersion, StreamName } from '@paystrata/application';
import type { Erasure, JournalEntry, JournalResult } from '../journal/journal.ts';
import { ThreadedWriter, type JournalWriter } from './threaded-writer.ts';

/** So many batches go to the thread after one that had reason to. */
const KEPT_THERE = 64;
/** A commit here that takes longer, in milliseconds, would be felt by whoever else is served. */
const SLOW_MS = 5;

/**
 * Who commits alone waits for nobody, and a message to the thread and back would take a good part of the commit's time.
 * Where several wait, or the disk is slow, the event loop must not stand still for them.
 */
export class AdaptiveWriter implements JournalWriter {
  readonly #path: string;
  readonly #here: JournalWriter;
  #threaded: ThreadedWriter | null = null;
  #starting: Promise<void> | null = null;
  #toThread = 0;

  constructor(path: string, here: JournalWriter) {
    this.#path = path;
    this.#here = here;
  }

  async close(): Promise<void> {
    await this.#starting;
    await this.#threaded?.close();
  }

  async commit(batch: readonly JournalEntry[]): Promise<readonly JournalResult[]> {
    this.#toThread = batch.length > 1 ? KEPT_THERE : this.#toThread - 1;
    if (this.#toThread > 0) {
      this.#startThread();
      return this.#writer().commit(batch);
    }
    const began = performance.now();
    try {
      return await this.#here.commit(batch);
    } finally {
      if (performance.now() - began > SLOW_MS) this.#toThread = KEPT_THERE;
    }
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
