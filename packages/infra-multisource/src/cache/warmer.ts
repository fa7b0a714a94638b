// Keeps warm what is asked often: an answer that an event made old is made again before somebody asks for it.

import type { QueryKind } from '../ports/source.ts';
import type { CachePlace } from './answer-cache.ts';

export interface WarmerOptions {
  /** Answers the question and keeps the answer. */
  readonly ask: (question: CachePlace<QueryKind>) => Promise<unknown>;
  readonly onFailure: (error: unknown) => void;
}

/** Asked so often since it was last made warm: it will be asked again. */
const OFTEN = 2;
const QUESTIONS = 1000;
const AT_A_TIME = 2;
/** Events come in bursts: an answer is made anew once for all of them. */
const PAUSE_MS = 100;

interface Asked {
  readonly question: CachePlace<QueryKind>;
  times: number;
}

export class Warmer {
  readonly #options: WarmerOptions;
  /** In the order of their last asking. */
  readonly #asked = new Map<string, Asked>();
  readonly #cold = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #working = 0;
  warmed = 0;

  constructor(options: WarmerOptions) {
    this.#options = options;
  }

  /** A question was asked, which has its answer at that place of the cache. */
  noticed(place: string, question: CachePlace<QueryKind>): void {
    const times = (this.#asked.get(place)?.times ?? 0) + 1;
    this.#asked.delete(place);
    this.#asked.set(place, { question, times });
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > QUESTIONS && oldest !== undefined) this.#asked.delete(oldest);
  }

  /** The answer at that place is old. */
  invalidated(place: string): void {
    if ((this.#asked.get(place)?.times ?? 0) < OFTEN) return;
    this.#cold.add(place);
    this.#timer ??= setTimeout(() => this.#warm(), PAUSE_MS).unref();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#asked.clear();
    this.#cold.clear();
  }

  #warm(): void {
    this.#timer = null;
    for (const place of this.#cold) {
      if (this.#working >= AT_A_TIME) break;
      this.#cold.delete(place);
      const asked = this.#asked.get(place);
      if (asked === undefined) continue;
      asked.times = 0;
      this.#working += 1;
      this.#options
        .ask(asked.question)
        .then(() => (this.warmed += 1), this.#options.onFailure)
        .finally(() => {
          this.#working -= 1;
          if (this.#cold.size > 0) this.#timer ??= setTimeout(() => this.#warm(), PAUSE_MS).unref();
        });
    }
  }
}
