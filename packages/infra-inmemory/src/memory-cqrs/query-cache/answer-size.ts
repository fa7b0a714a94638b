// How many bytes an answer is estimated to take in memory, without walking all of it.

import type { CachedAnswers, CachedKind } from './cached-answers.ts';

const ANSWER = 256;
const DOCUMENT = 1536;
const LINE = 128;
const BUCKET = 512;

/** Documents are counted whole, though most are shared with the projection: they outlive it in the cache. */
export function bytesOf(answer: CachedAnswers[CachedKind]): number {
  if ('payments' in answer) return ANSWER + answer.payments.length * DOCUMENT;
  if ('buckets' in answer) {
    const lines = answer.byCustomer.length + answer.totals.length + answer.failures.length;
    return ANSWER + answer.buckets.length * BUCKET + lines * LINE;
  }
  return ANSWER + ('totals' in answer ? answer.totals.length : answer.length) * LINE;
}
