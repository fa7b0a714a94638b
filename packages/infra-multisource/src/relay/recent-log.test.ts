// The log as relays read it: what is at hand is not read again, no gap is passed over, and nothing erased is kept.
import type { LogPage, LogRequest, RecordedEvent } from '@paystrata/application';
import { beforeEach, expect, it } from 'vitest';
import { RecentLog } from './recent-log.ts';

let stored: RecordedEvent[];
let reads: number;
let recent: RecentLog;

const event = (position: number, type: RecordedEvent['type'] = 'PaymentUpdated') =>
  ({ position, type }) as RecordedEvent;

async function readAll({ direction, from, limit }: LogRequest): Promise<LogPage> {
  reads += 1;
  const events = stored.filter(({ position }) => position > (from ?? 0)).slice(0, limit);
  expect(direction).toBe('forward');
  return { events, next: events.at(-1)?.position ?? from ?? 0, end: events.length < limit };
}

const positionsAfter = async (from: number | null, limit = 10) => {
  const { events } = await recent.readAll({ direction: 'forward', from, limit });
  return events.map(({ position }) => position);
};

beforeEach(() => {
  stored = [1, 2, 3, 4, 5].map((position) => event(position));
  reads = 0;
  recent = new RecentLog({ log: { readAll, epoch: () => 'epoch' }, capacity: 100 });
});

it('reads a page once, for all who ask for it at once or later', async () => {
  expect(await Promise.all([positionsAfter(null, 3), positionsAfter(0, 3)])).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  expect(await positionsAfter(1, 2)).toEqual([2, 3]);
  expect(reads).toBe(1);
  expect(await positionsAfter(3)).toEqual([4, 5]);
  expect(reads).toBe(2);
});

it('knows what this process commits, in whatever order it is told', async () => {
  recent.note([event(8)]);
  recent.note([event(6), event(7)]);
  expect(await positionsAfter(5)).toEqual([6, 7, 8]);
  expect(reads).toBe(0);
});

it('passes over no event of another process', async () => {
  recent.note([event(7)]);
  stored.push(event(6), event(7));
  expect(await positionsAfter(5)).toEqual([6, 7]);
  expect(reads).toBe(1);
});

it('steps over positions that hold no payment, once it has read so', async () => {
  stored = [event(1), event(4), event(5)];
  expect(await positionsAfter(1)).toEqual([4, 5]);
  expect(await positionsAfter(1)).toEqual([4, 5]);
  expect(reads).toBe(1);
});

it('keeps no more than it may', async () => {
  recent = new RecentLog({ log: { readAll, epoch: () => 'epoch' }, capacity: 2 });
  recent.note(stored);
  expect(await positionsAfter(3)).toEqual([4, 5]);
  expect(reads).toBe(0);
  expect(await positionsAfter(0)).toEqual([1, 2, 3, 4, 5]);
  expect(reads).toBe(1);
});

it('with an erasure it forgets what was before, also what was still being read or told late', async () => {
  recent.note(stored);
  recent.note([event(7, 'PersonalDataErased')]);
  recent.note([event(6)]);
  stored.push(event(6), event(7, 'PersonalDataErased'));
  expect(await positionsAfter(0, 3)).toEqual([1, 2, 3]);
  expect(reads).toBe(1);
  const slow = positionsAfter(3, 2);
  recent.note([event(9, 'PersonalDataErased')]);
  expect(await slow).toEqual([4, 5]);
  expect(await positionsAfter(3, 2)).toEqual([4, 5]);
  expect(reads).toBe(3);
});

it('hands on every other question', async () => {
  const log = { readAll: async () => ({ events: [event(5)], next: 5, end: false }), epoch: () => 'epoch' };
  recent = new RecentLog({ log, capacity: 100 });
  recent.note([event(9)]);
  const { events } = await recent.readAll({ direction: 'backward', from: null, limit: 1 });
  expect(events.map(({ position }) => position)).toEqual([5]);
  expect(recent.epoch()).toBe('epoch');
});
