// Answers that are kept for a while: a bounded number, the one that was used longest ago goes first.

import type { Clock } from '@paystrata/application';

export interface AnswerCache<Answer> {
  get(key: string): Answer | undefined;
  /** @returns the answer. */
  put<Given extends Answer>(key: string, answer: Given): Given;
  /** Forgets all whose key begins so. */
  forget(prefix: string): void;
}

const MOST = 10_000;

export function createAnswerCache<Answer>(ttlMs: number, clock: Pick<Clock, 'now'>): AnswerCache<Answer> {
  const kept = new Map<string, { readonly answer: Answer; readonly until: number }>();
  return {
    get: (key) => {
      const found = kept.get(key);
      kept.delete(key);
      if (found === undefined || found.until <= clock.now()) return undefined;
      kept.set(key, found);
      return found.answer;
    },
    put: (key, answer) => {
      kept.delete(key);
      kept.set(key, { answer, until: clock.now() + ttlMs });
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
      return answer;
    },
    forget: (prefix) => {
      for (const key of kept.keys()) if (key.startsWith(prefix)) kept.delete(key);
    },
  };
}
