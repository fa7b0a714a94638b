import { beforeEach, expect, it, vi } from 'vitest';
import { Gauge } from './gauge.ts';

let now: number;
let gauge: Gauge;

beforeEach(() => {
  now = 0;
  gauge = new Gauge();
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => now);
  return () => spy.mockRestore();
});

const read = (operation: string, ms: number) =>
  gauge.measure('read', operation, async () => {
    now += ms;
  });

it('takes an unknown source for a quick one', () => expect(gauge.load('get')).toBe(1));

it('is the average latency of the kind of question, newer ones weighing more', async () => {
  await read('get', 10);
  await read('search', 500);
  expect(gauge.load('get')).toBeLessThanOrEqual(10);
  await read('get', 20);
  expect(gauge.load('get')).toBe(12);
});

it('grows with what is under way', async () => {
  await read('get', 10);
  const pending = Promise.withResolvers<void>();
  const calls = [1, 2].map(() => gauge.measure('read', 'get', () => pending.promise));
  expect(gauge.inFlight).toBe(2);
  expect(gauge.load('get')).toBe(30);
  pending.resolve();
  await Promise.all(calls);
  expect(gauge.inFlight).toBe(0);
});

it('sinks while nobody asks, so that a source that was slow is tried again, but never to nothing', async () => {
  await read('get', 100);
  now += 5_000;
  expect(gauge.load('get')).toBe(50);
  now += 1_000_000;
  expect(gauge.load('get')).toBe(10);
});

it('counts calls, errors and seconds of both sides apart', async () => {
  await read('get', 1000);
  await expect(gauge.measure('write', 'apply', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(gauge.counts.read.get('get')).toMatchObject({ calls: 1, errors: 0, seconds: 1 });
  expect(gauge.counts.write.get('apply')).toMatchObject({ calls: 1, errors: 1 });
});
