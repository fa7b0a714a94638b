// How the work of a round is handed out.

import type { Round } from '../harness/compare.ts';

/** How much to do, and how much of it at a time. */
export interface Load {
  readonly total: number;
  readonly inFlight: number;
}

export type Run = Round['run'];

/** Keeps so many calls under way until all are done. */
export function inParallel({ total, inFlight }: Load, call: (n: number) => Promise<unknown>): Run {
  return async () => {
    let next = 0;
    const worker = async () => {
      while (next < total) await call(next++);
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
    return total;
  };
}

/** One call after the other. */
export function inBatches(total: number, size: number, call: (from: number, to: number) => Promise<unknown>) {
  return async (): Promise<number> => {
    for (let from = 0; from < total; from += size) await call(from, Math.min(from + size, total));
    return total;
  };
}

/** @throws Error where there is none */
export function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`nothing at ${index}`);
  return found;
}
