// The cache of answers: fresh or nothing, bounded, one load a question, and safe from whatever the second level says.

import { everyPayment, type Measurement, type SearchPage } from '@paystrata/application';
import { acme, other } from '@paystrata/conformance/random-payments';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MemoryCqrsStrategy } from '../memory-cqrs.ts';
import { createMapStore, type MapStore } from '../testing/map-store.ts';
import { createStandingClock } from '../testing/standing-clock.ts';
import {
  creation,
  describing,
  done,
  erasing,
  newest,
  reading,
  startStrategy,
  until,
} from '../testing/test-strategy.ts';
import { QueryCache } from './query-cache.ts';

const totals = { type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' } as const;
const analytics = { type: 'PaymentAnalytics', filter: everyPayment, interval: 'day', timezone: 'UTC' } as const;
const suggest = { type: 'SuggestPayments', prefix: 'ad', field: null, limit: 10 } as const;

let store: MapStore;
let strategy: MemoryCqrsStrategy;

beforeEach(async () => {
  store = createMapStore();
  strategy = await startStrategy({ cacheStore: store, cacheEntries: 100 });
});

const measured = (name: string, level: string): number =>
  strategy.measure().find((each: Measurement) => each.name === `paystrata_${name}` && each.labels['level'] === level)
    ?.value ?? Number.NaN;

/** Every cached question, as an answer that can be compared. */
async function everything(context = reading(null)) {
  const { read } = strategy;
  return [
    await read.search(newest, context),
    await read.suggestions(suggest, context),
    await read.statistics(totals, context),
    await read.analytics(analytics, context),
  ];
}

/** A cache with its own second level still there, and its first one empty: as after an eviction. */
async function withoutFirstLevel(): Promise<void> {
  for (let limit = 1; limit <= 100; limit += 1)
    await strategy.read.search({ ...newest, limit }, reading(null, 0, other));
}

describe('the cache of answers', () => {
  it('answers what it was told before, and anew once the organization changed', async () => {
    const { paymentId, position } = await done(strategy, creation({ personal: { description: 'Ada pays' } }));
    const first = await everything(reading(position));
    expect(measured('cache_misses_total', '1')).toBe(4);
    expect(await everything()).toEqual(first);
    expect(measured('cache_hits_total', '1')).toBe(4);
    const later = await done(strategy, describing(paymentId, 'Adam pays'));
    const [page] = await everything(reading(later.position));
    expect(page).toMatchObject({ payments: [{ payment: { version: 2, personal: { description: 'Adam pays' } } }] });
    expect(measured('cache_stale_refusals_total', '1')).toBe(4);
    await done(strategy, creation({ organizationId: other }));
    await strategy.maintenance.run('synchronize', { kind: 'all' });
    await everything();
    expect(measured('cache_hits_total', '1')).toBe(8);
  });

  it('keeps no more than it may, and tells what it put out', async () => {
    const { position } = await done(strategy, creation());
    for (let limit = 1; limit <= 100; limit += 1) {
      for (const descending of [true, false]) {
        const sort = { by: 'created', descending } as const;
        await strategy.read.search({ ...newest, limit, sort }, reading(position));
      }
    }
    expect([measured('cache_entries', '1'), measured('cache_evictions_total', '1')]).toEqual([100, 100]);
  });

  it('is bounded in bytes too, and forgets with time', async () => {
    const clock = createStandingClock();
    const cache = new QueryCache({ clock, ttlSeconds: 10, entries: 1000, bytes: 10_000, second: null });
    const page: SearchPage = { payments: [], hasMore: false, next: null, total: { value: 0, capped: false } };
    const ask = (query: number) =>
      cache.answer({ kind: 'search', organizationId: acme, life: 'a', query, position: () => 1, answer: () => page });
    for (let query = 0; query < 100; query += 1) await ask(query);
    expect(cache.bytes).toBeLessThanOrEqual(10_000);
    await ask(99);
    expect(cache.first.hits).toBe(1);
    clock.advance(10_001);
    await ask(99);
    expect(cache.first.hits).toBe(1);
    cache.trim();
    expect(cache.size).toBe(1);
  });

  it('makes an answer once for a thousand that ask at the same time', async () => {
    const { position } = await done(strategy, creation());
    await strategy.maintenance.run('synchronize', { kind: 'all' });
    store.mode = 'held';
    const asked = Array.from({ length: 1000 }, () => strategy.read.search(newest, reading(position)));
    await until(() => store.gets === 1);
    store.release();
    const pages = await Promise.all(asked);
    expect(new Set(pages).size).toBe(1);
    expect([store.gets, measured('cache_misses_total', '2')]).toEqual([1, 1]);
  });

  it('finds at its second level what the first one lost, sealed, and the same in every part', async () => {
    const { position } = await done(
      strategy,
      creation({ personal: { description: 'Ada pays', metadata: { a: 'b' } } }),
    );
    const first = await everything(reading(position));
    await until(() => store.texts.size === 4);
    await withoutFirstLevel();
    expect(await everything()).toEqual(first);
    expect(measured('cache_hits_total', '2')).toBe(4);
    expect([...store.texts].join().search(/Ada pays|metadata|personal/)).toBe(-1);
  });

  it('takes nothing for an answer that is not one', async () => {
    const { position } = await done(strategy, creation());
    const page = await strategy.read.search(newest, reading(position));
    await until(() => store.texts.size === 1);
    const [[key = '', good = ''] = []] = store.texts;
    const statistics = await strategy.read.statistics(totals, reading(position));
    await until(() => store.texts.size === 2);
    const foreign = [...store.texts.values()].find((text) => text !== good) ?? '';
    const poisons = [
      '',
      '{',
      '2.abc',
      '1.',
      '1.AAAA',
      good.slice(0, -9),
      good.replace('1.', '2.'),
      foreign,
      'a'.repeat(9999),
    ];
    for (const [index, poison] of poisons.entries()) {
      await withoutFirstLevel();
      store.texts.set(key, poison);
      expect(await strategy.read.search(newest, reading(position)), poison).toEqual(page);
      expect(measured('cache_poisoned_total', '2')).toBe(index + 1);
    }
    expect(await strategy.read.statistics(totals, reading(position))).toEqual(statistics);
  });

  it('refuses an entry of its second level that is older than the answers are', async () => {
    const { paymentId, position } = await done(strategy, creation());
    await strategy.read.search(newest, reading(position));
    await until(() => store.texts.size === 1);
    const later = await done(strategy, describing(paymentId, 'newer'));
    const page = await strategy.read.search(newest, reading(later.position));
    expect(page.payments[0]?.payment.version).toBe(2);
    expect(measured('cache_stale_refusals_total', '2')).toBe(1);
  });

  it('can read nothing any more of what it stored outside before an erasure', async () => {
    const { paymentId, position } = await done(strategy, creation({ personal: { description: 'Ada pays' } }));
    await everything(reading(position));
    await until(() => store.texts.size === 4);
    const before = new Map(store.texts);
    await done(strategy, erasing(paymentId));
    await strategy.maintenance.run('synchronize', { kind: 'all' });
    for (const [key, text] of before) store.texts.set(key, text);
    await withoutFirstLevel();
    expect(
      JSON.stringify(await strategy.read.search(newest, reading(null)), (_, each: unknown) => String(each)),
    ).not.toContain('Ada');
    expect(measured('cache_hits_total', '2')).toBe(0);
  });

  it('goes on without its second level, asks it no more while it fails, and again once it is well', async () => {
    store.mode = 'broken';
    const { position } = await done(strategy, creation());
    for (let limit = 1; limit <= 20; limit += 1) {
      expect((await strategy.read.search({ ...newest, limit }, reading(position))).total.value).toBe(1);
    }
    expect(store.gets).toBeLessThanOrEqual(3);
    expect(measured('cache_breaker_open', '2')).toBe(1);
    const { healthy, sources } = await strategy.health();
    expect([healthy, sources.find(({ name }) => name === 'map')?.healthy]).toEqual([true, false]);
    store.mode = 'well';
    let limit = 20;
    await expect
      .poll(async () => {
        limit = (limit % 90) + 1;
        const sort = { by: 'amount', descending: limit % 2 === 0 } as const;
        await strategy.read.search({ ...newest, limit, sort }, reading(position));
        return measured('cache_breaker_open', '2');
      })
      .toBe(0);
    expect((await strategy.health()).sources.every((each) => each.healthy)).toBe(true);
  });

  it('is left out with a time to live of 0', async () => {
    strategy = await startStrategy({ cacheStore: store, cacheTtlSeconds: 0 });
    const { position } = await done(strategy, creation());
    await everything(reading(position));
    expect([store.gets, measured('cache_entries', '1')]).toEqual([0, 0]);
  });
});
