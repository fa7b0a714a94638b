import { everyPayment, instantOf, type SearchPage, type SearchPayments } from '@paystrata/application';
import { acme, other } from '@paystrata/conformance/random-payments';
import { describe, expect, it } from 'vitest';
import { CachedSearch } from './cached-search.ts';

function query(limit: number, minAmount: bigint | null = null): SearchPayments {
  const sort = { by: 'created', descending: true } as const;
  return { type: 'SearchPayments', filter: { ...everyPayment, minAmount }, sort, limit, cursor: null, page: null };
}

function setUp(ttlSeconds: number) {
  let now = 0;
  let made = 0;
  const cache = new CachedSearch({ clock: { now: () => instantOf(now), sleep: () => Promise.resolve() }, ttlSeconds });
  const make = (): SearchPage => ({
    ...{ payments: [], hasMore: false, next: null },
    total: { value: (made += 1), capped: false },
  });
  const ask = (asked: SearchPayments, organizationId = acme) => cache.search(asked, organizationId, make).total.value;
  return { cache, ask, pass: (seconds: number) => (now += seconds * 1000) };
}

describe('a cached search', () => {
  it('answers the same question from memory, and no other one', () => {
    const { ask, cache } = setUp(300);
    expect([ask(query(10)), ask(query(10)), ask(query(11)), ask(query(10, 1n)), ask(query(10), other)]).toEqual([
      ...[1, 1, 2, 3, 4],
    ]);
    expect(cache.counts).toEqual({ hits: 1, misses: 4 });
  });

  it('is never older than the last change of the organization', () => {
    const { ask, cache } = setUp(300);
    expect([ask(query(10)), ask(query(10), other)]).toEqual([1, 2]);
    cache.changed(acme);
    expect([ask(query(10)), ask(query(10), other), ask(query(10))]).toEqual([3, 2, 3]);
    cache.clear();
    expect(ask(query(10), other)).toBe(4);
  });

  it('forgets after a while, what was not asked for longest first, and everything where it shall keep nothing', () => {
    const { ask, pass } = setUp(300);
    ask(query(10));
    pass(299);
    expect(ask(query(10))).toBe(1);
    pass(1);
    expect(ask(query(10))).toBe(2);
    for (let limit = 100; limit < 1100; limit += 1) ask(query(limit));
    expect(ask(query(10))).toBe(1003);
    const none = setUp(0);
    expect([none.ask(query(10)), none.ask(query(10))]).toEqual([1, 2]);
  });
});
