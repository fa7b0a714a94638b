// Answers are kept for their time, a bounded number of them, and forgotten by the beginning of their names.

import { instantOf } from '@paystrata/domain';
import { expect, it } from 'vitest';
import { createAnswerCache } from './answer-cache.ts';

function cacheAt(ttlMs: number) {
  const time = { now: 0 };
  return { time, cache: createAnswerCache<number>(ttlMs, { now: () => instantOf(time.now) }) };
}

it('keeps an answer for its time and no longer', () => {
  const { cache, time } = cacheAt(300_000);
  cache.put('a', 1);
  time.now = 299_999;
  expect(cache.get('a')).toBe(1);
  time.now = 300_000;
  expect(cache.get('a')).toBeUndefined();
});

it('keeps ten thousand, and forgets the one that was used longest ago', () => {
  const { cache } = cacheAt(1000);
  for (let n = 0; n < 10_000; n++) cache.put(String(n), n);
  expect(cache.get('0')).toBe(0);
  cache.put('one more', 1);
  expect([cache.get('0'), cache.get('1'), cache.get('2')]).toEqual([0, undefined, 2]);
});

it('forgets what begins so, and nothing else', () => {
  const { cache } = cacheAt(1000);
  cache.put('acme/a', 1);
  cache.put('acme-2/a', 2);
  cache.forget('acme/');
  expect([cache.get('acme/a'), cache.get('acme-2/a')]).toEqual([undefined, 2]);
});
