// The cache of answers: an event makes old what it is about, a position asks for more, time runs out, and room too.
import { instantOf, type Clock, type PaymentStatistics, type RecordedEvent } from '@paystrata/application';
import { acme, other } from '@paystrata/conformance/random-payments';
import { beforeEach, expect, it } from 'vitest';
import { documentAt, keyOf } from '../testing/source-cases.ts';
import { AnswerCache, type AnswerCacheOptions } from './answer-cache.ts';

let now: number;
let cache: AnswerCache;
let invalidated: string[];

const clock: Clock = { now: () => instantOf(now), sleep: async () => undefined };
const ttlSeconds = { get: 60, search: 60, suggestions: 60, statistics: 10, analytics: 0 };

function createCache(options: Partial<AnswerCacheOptions> = {}): AnswerCache {
  const onInvalidated = (place: string) => invalidated.push(place);
  return new AnswerCache({ clock, ttlSeconds, entries: 100, bytes: 1e6, onInvalidated, ...options });
}

beforeEach(() => {
  now = 1_000_000;
  invalidated = [];
  cache = createCache();
});

const query: PaymentStatistics = { type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' };
const statistics = { kind: 'statistics', organizationId: acme, query } as const;
const answer = { count: 1, byStatus: {}, byCurrency: {}, totals: [] };
const payment = (number: number) => {
  const { organizationId, paymentId } = keyOf(number);
  return { kind: 'get', organizationId, query: { type: 'GetPayment', paymentId, asOf: null } } as const;
};
const event = (number: number, position: number, type: RecordedEvent['type'] = 'PaymentUpdated') =>
  ({ ...keyOf(number), position, type }) as RecordedEvent;
const keep = (position: number) => cache.keep(statistics, { answer, position }, 'sql');
const keepPayment = (number: number, position: number) =>
  cache.keep(payment(number), { answer: documentAt(number, position).document, position }, 'sql');

it('answers what it kept, and counts it', () => {
  expect(cache.find(statistics, 0)).toBeNull();
  keep(5);
  expect(cache.find(statistics, 5)).toMatchObject({ answer, position: 5 });
  expect(cache.counts.statistics).toEqual({ hits: 1, misses: 1 });
});

it('has nothing for another organization or question', () => {
  keep(5);
  expect(cache.find({ ...statistics, organizationId: other }, 0)).toBeNull();
  expect(cache.find({ ...statistics, query: { ...query, of: 'processed' } }, 0)).toBeNull();
});

it('an event makes old every number of its organization, and of the payments only its own', () => {
  keep(5);
  keepPayment(1, 5);
  keepPayment(2, 5);
  cache.changed(event(1, 6));
  expect(cache.find(statistics, 0)).toBeNull();
  expect(cache.find(payment(1), 0)).toBeNull();
  expect(cache.find(payment(2), 0)?.position).toBe(5);
  expect(invalidated).toEqual([cache.placeOf(payment(1)), cache.placeOf(statistics)]);
});

it('an answer that contains the event already stays', () => {
  keep(6);
  cache.changed(event(1, 6));
  expect(cache.find(statistics, 0)?.position).toBe(6);
});

it('an erasure makes old all payments of its organization, also those that are still under way', () => {
  keepPayment(1, 5);
  keepPayment(2, 5);
  cache.changed(event(1, 6, 'PersonalDataErased'));
  keepPayment(3, 5);
  expect([1, 2, 3].map((number) => cache.find(payment(number), 0))).toEqual([null, null, null]);
});

it('keeps no answer that was made before an event that came meanwhile', () => {
  cache.changed(event(1, 6));
  keep(5);
  keepPayment(1, 5);
  keepPayment(2, 5);
  expect(cache.find(statistics, 0)).toBeNull();
  expect(cache.find(payment(1), 0)).toBeNull();
  expect(cache.find(payment(2), 0)?.position).toBe(5);
});

it('is good for a later position once all events up to it were seen', () => {
  keep(5);
  expect(cache.find(statistics, 9)).toBeNull();
  cache.seen(9);
  expect(cache.find(statistics, 9)?.position).toBe(9);
  expect(cache.find(statistics, 10)).toBeNull();
});

it('forgets after the time of its kind, and what has none at once', () => {
  keep(5);
  keepPayment(1, 5);
  cache.keep(
    {
      kind: 'suggestions',
      organizationId: acme,
      query: { type: 'SuggestPayments', prefix: 'a', field: null, limit: 1 },
    },
    { answer: [], position: 5 },
    'sql',
  );
  now += 10_001;
  expect(cache.find(statistics, 0)).toBeNull();
  expect(cache.find(payment(1), 0)).not.toBeNull();
  now += 60_000;
  cache.clean();
  expect(cache.size).toBe(0);
  expect(cache.drops.expired).toBe(3);
});

it('makes room for new answers, also where those are large', () => {
  cache = createCache({ entries: 2 });
  for (const number of [1, 2, 3]) keepPayment(number, 5);
  expect(cache.find(payment(1), 0)).toBeNull();
  expect(cache.drops.evicted).toBe(1);
  cache = createCache({ bytes: 4000 });
  for (const number of [1, 2, 3]) keepPayment(number, 5);
  expect(cache.size).toBe(2);
});
