// How far the log was, and when that was first known: what an answer must contain that may be a little old.

interface Known {
  readonly at: number;
  readonly head: number;
  /** Known from the beginning: it may have been so for long. */
  readonly isFirst: boolean;
}

export class HeadHistory {
  readonly #keptMs: number;
  /** In the order of time; the first is what was known before everything else. */
  readonly #known: Known[] = [];

  /** @param keptMs how far back anybody asks */
  constructor(keptMs: number) {
    this.#keptMs = keptMs;
  }

  /** Of the log, as far as this process knows. */
  get head(): number {
    return this.#known.at(-1)?.head ?? 0;
  }

  /** The log ended there. The first time, it is taken to have done so for long. */
  note(head: number): void {
    const last = this.#known.at(-1);
    if (last !== undefined && head <= last.head) return;
    const now = performance.now();
    this.#known.push({ at: now, head, isFirst: last === undefined });
    while ((this.#known[1]?.at ?? Infinity) <= now - this.#keptMs) this.#known.shift();
  }

  /** Where the log ended at the least so many milliseconds ago. */
  headBefore(milliseconds: number): number {
    const then = performance.now() - milliseconds;
    return this.#known.findLast(({ at, isFirst }) => isFirst || at <= then)?.head ?? 0;
  }

  /** For how long, in milliseconds, the log has been known to go on after the position; 0 where it does not. */
  behindMs(position: number): number {
    const next = this.#known.find(({ head }) => head > position);
    return next === undefined ? 0 : performance.now() - next.at;
  }
}
