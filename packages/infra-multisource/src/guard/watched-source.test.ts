// A source under watch: what is wrong with it is said, also while nobody but the check asks it, until it is well again.
import { systemClock } from '@paystrata/application';
import { beforeEach, expect, it } from 'vitest';
import { away, createFakeSource, type FakeSource } from '../testing/fake-source.ts';
import { epoch } from '../testing/source-cases.ts';
import { WatchedSource } from './watched-source.ts';

let source: FakeSource;
let watched: WatchedSource;

beforeEach(async () => {
  source = createFakeSource({ timeoutMs: 40 });
  await source.open(epoch);
  await source.clear();
  watched = new WatchedSource(source, systemClock);
});

it('is not taken for well before it was asked', async () => {
  expect(watched.problem).not.toBeNull();
  expect(await watched.check()).toBe(0);
  expect([watched.problem, watched.position]).toEqual([null, 0]);
});

it('says what opened its breaker for as long as that is open', async () => {
  source.failure = away;
  for (let check = 0; check < 5; check += 1) await expect(watched.check()).rejects.toThrow();
  expect(watched.isAnswering).toBe(false);
  expect(watched.problem).toBe('it is away');
});

it('fails in time where the source hangs, and says so', async () => {
  source.gate = new Promise(() => undefined);
  await expect(watched.check()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
  expect(watched.problem).toContain('the source fake does not answer');
});

it('is well again once it answers, and tells whoever watches what it holds', async () => {
  source.failure = away;
  for (let check = 0; check < 3; check += 1) await watched.check().catch(() => undefined);
  const told: (number | null)[] = [];
  watched.watch((held) => told.push(held));
  source.failure = null;
  await expect.poll(() => told[0]).toBe(0);
  await watched.unwatch();
  expect([watched.problem, watched.isAnswering]).toEqual([null, true]);
});
