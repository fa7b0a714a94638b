// Writes of many callers in one synced transaction; each fails by itself.

import { PortFailure } from '@paystrata/application';
import { GroupCommit } from '../commit/group-commit.ts';
import type { SqliteFile } from './sqlite-file.ts';

type Work = () => void;

/** A transaction of so many small writes keeps the event loop for a few milliseconds. */
const MAX_BATCH = 256;

export class GroupedWrites {
  readonly #commits: GroupCommit<Work, true>;

  constructor(file: SqliteFile) {
    this.#commits = new GroupCommit<Work, true>({
      run: (batch) =>
        file.write(() =>
          batch.map((work) => {
            work();
            return true as const;
          }),
        ),
      concernsAll: (error) => error instanceof PortFailure,
      maxItems: MAX_BATCH,
      maxWeight: MAX_BATCH,
      weigh: () => 1,
    });
  }

  /** Resolves with what the work answered once it is on disk. The work is synchronous and may run more than once. */
  async run<T>(work: () => T): Promise<T> {
    const answers: T[] = [];
    await this.#commits.submit(() => {
      answers.push(work());
    });
    // A batch that was rolled back and tried again ran the work again: the last answer is the one that was committed.
    for (const answer of answers.reverse()) return answer;
    throw new Error('a write was committed that never ran');
  }

  idle(): Promise<void> {
    return this.#commits.idle();
  }
}
