// Who is asked: the least loaded source that is fresh enough, then the next one; nobody who does not answer.
import { PortFailure, systemClock } from '@paystrata/application';
import { acme } from '@paystrata/conformance/random-payments';
import { beforeEach, expect, it } from 'vitest';
import { WatchedSource } from '../guard/watched-source.ts';
import { away, createFakeSource, type FakeSource } from '../testing/fake-source.ts';
import { documentAt, epoch, keyOf } from '../testing/source-cases.ts';
import { Router } from './router.ts';

const asked = { organizationId: acme, atLeast: null, timeoutMs: 1000 };
const context = { organizationId: acme, epoch, atLeast: 0, asked };
const query = { type: 'GetPayment', paymentId: keyOf(1).paymentId, asOf: null } as const;

let record: FakeSource;
let beside: FakeSource;
let router: Router;
let watched: readonly [record: WatchedSource, beside: WatchedSource];
let covers: boolean;

beforeEach(async () => {
  covers = true;
  [record, beside] = [createFakeSource({ name: 'sql', timeoutMs: 50 }), createFakeSource({ timeoutMs: 50 })];
  for (const [source, to] of [
    [record, 9],
    [beside, 5],
  ] as const) {
    await source.open(epoch);
    await source.clear();
    await source.apply({ from: 0, to, documents: [documentAt(1, 1)], events: [] });
  }
  watched = [new WatchedSource(record, systemClock), new WatchedSource(beside, systemClock)];
  for (const each of watched) await each.check();
  router = new Router(watched[0], [{ watched: watched[1], covers: () => covers }]);
});

const answer = (least = 0) => router.answer({ kind: 'get', query, context: { ...context, atLeast: least }, least });
/** Makes one of them look slow, and the other one quick. */
function slow(which: 0 | 1): void {
  watched.forEach(({ gauge }, index) => {
    const averageMs = index === which ? 1000 : 0.01;
    gauge.counts.read.set('get', { calls: 1, errors: 0, seconds: 0, averageMs, lastAt: performance.now() });
  });
}

it('asks the least loaded one', async () => {
  slow(0);
  expect((await answer()).source).toBe('fake');
  slow(1);
  expect((await answer()).source).toBe('sql');
});

it('asks nobody who has not the log up to there', async () => {
  slow(0);
  expect((await answer(5)).source).toBe('fake');
  expect((await answer(6)).source).toBe('sql');
});

it('asks nobody about an organization that is not brought to it', async () => {
  slow(0);
  covers = false;
  expect((await answer()).source).toBe('sql');
});

it('takes no answer that turns out to be older than asked for', async () => {
  slow(0);
  await beside.clear();
  expect(await answer(5)).toMatchObject({ source: 'sql', without: ['fake'] });
});

it('asks the next one where one fails, or cannot tell', async () => {
  slow(0);
  beside.failure = away;
  expect((await answer()).source).toBe('sql');
  expect(router.counts.failedOver).toBe(1);
  beside.failure = null;
  await beside.open(epoch);
  expect(await answer()).toMatchObject({ source: 'sql', without: ['fake'] });
});

it('asks the next one where one does not answer in time, and then no more until it is well again', async () => {
  const hanging = Promise.withResolvers<void>();
  beside.gate = hanging.promise;
  while (watched[1].isAnswering) {
    slow(0);
    expect((await answer()).source).toBe('sql');
  }
  const before = beside.asked.length;
  expect((await answer()).source).toBe('sql');
  expect(beside.asked).toHaveLength(before);
  hanging.resolve();
  beside.gate = Promise.resolve();
  watched[1].watch(() => undefined);
  await expect.poll(() => watched[1].isAnswering).toBe(true);
  await watched[1].unwatch();
});

it('goes on without SQL where another one is fresh enough, else says what is missing', async () => {
  record.failure = away;
  expect((await answer(5)).source).toBe('fake');
  await expect(answer(6)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
  await answer(6).catch(() => undefined);
  await answer(6).catch(() => undefined);
  expect(watched[0].isAnswering).toBe(false);
  await expect(answer(6)).rejects.toThrow('no other source has the log up to position 6');
  expect((await answer(5)).source).toBe('fake');
});

it('passes on what a source refuses, without asking another one, and without counting it as a failure', async () => {
  slow(0);
  beside.failure = new PortFailure('CURSOR_INVALID', 'no such cursor');
  for (let call = 0; call < 5; call += 1) await expect(answer()).rejects.toThrow('no such cursor');
  expect(watched[1].isAnswering).toBe(true);
  expect(router.counts.failedOver).toBe(0);
});
