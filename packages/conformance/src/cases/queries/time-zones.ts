// Buckets on the calendar of a time zone: days of 23 and 25 hours, half hours, weeks, months.

import assert from 'node:assert/strict';
import type { Interval } from '@paystrata/application';
import type { ConformanceCase } from '../../kit/case.ts';
import { anyEvent, countEvents } from '../../world/event-reading.ts';
import { create } from '../../world/orders.ts';
import { anyPayment } from '../../world/reading.ts';
import type { World } from '../../world/world.ts';

/** What was created at which instants shows in which buckets, `start count`. */
interface Calendar {
  readonly name: string;
  readonly timezone: string;
  readonly interval: Interval;
  readonly created: readonly string[];
  readonly buckets: readonly string[];
}

const calendars: readonly Calendar[] = [
  {
    name: 'the day on which clocks go forward has 23 hours',
    ...{ timezone: 'Europe/Berlin', interval: 'day' },
    created: ['2026-03-28T22:59:59.999Z', '2026-03-28T23:00Z', '2026-03-29T21:59:59.999Z', '2026-03-29T22:00Z'],
    buckets: ['2026-03-27T23:00:00.000Z 1', '2026-03-28T23:00:00.000Z 2', '2026-03-29T22:00:00.000Z 1'],
  },
  {
    name: 'the day on which clocks go back has 25 hours',
    ...{ timezone: 'Europe/Berlin', interval: 'day' },
    created: ['2026-10-24T22:00Z', '2026-10-25T22:30Z', '2026-10-25T22:59:59.999Z', '2026-10-25T23:00Z'],
    buckets: ['2026-10-24T22:00:00.000Z 3', '2026-10-25T23:00:00.000Z 1'],
  },
  {
    name: 'the hour that clocks show twice is two buckets',
    ...{ timezone: 'America/New_York', interval: 'hour' },
    created: ['2026-11-01T05:30Z', '2026-11-01T06:30Z', '2026-11-01T07:00Z'],
    buckets: ['2026-11-01T05:00:00.000Z 1', '2026-11-01T06:00:00.000Z 1', '2026-11-01T07:00:00.000Z 1'],
  },
  {
    name: 'hours and days of a zone at half an hour begin at half an hour',
    ...{ timezone: 'Asia/Kolkata', interval: 'hour' },
    created: ['2026-01-01T18:29:59.999Z', '2026-01-01T18:30Z', '2026-01-01T19:29Z'],
    buckets: ['2026-01-01T17:30:00.000Z 1', '2026-01-01T18:30:00.000Z 2'],
  },
  {
    name: 'weeks begin on Monday, also over the new year',
    ...{ timezone: 'UTC', interval: 'week' },
    created: ['2025-12-28T23:59:59.999Z', '2025-12-29T00:00Z', '2026-01-04T23:00Z', '2026-01-12T00:00Z'],
    buckets: [
      ...['2025-12-22T00:00:00.000Z 1', '2025-12-29T00:00:00.000Z 2'],
      ...['2026-01-05T00:00:00.000Z 0', '2026-01-12T00:00:00.000Z 1'],
    ],
  },
  {
    name: 'months are as long as they are, in their own time zone',
    ...{ timezone: 'Asia/Kolkata', interval: 'month' },
    created: ['2026-01-31T18:29Z', '2026-01-31T18:30Z', '2026-02-28T18:30Z'],
    buckets: ['2025-12-31T18:30:00.000Z 1', '2026-01-31T18:30:00.000Z 1', '2026-02-28T18:30:00.000Z 1'],
  },
];

export const timeZones: readonly ConformanceCase[] = calendars.map((calendar) => ({
  name: calendar.name,
  property: 'time-zones',
  async run(world) {
    await record(world, calendar.created);
    const { interval, timezone } = calendar;
    const query = { type: 'PaymentAnalytics', filter: anyPayment, interval, timezone } as const;
    const { buckets } = await world.strategy.read.analytics(query, await world.reading());
    assert.deepEqual(buckets.map(shown), calendar.buckets);
    const trends = { type: 'EventTrends', filter: anyEvent, interval, timezone } as const;
    assert.deepEqual((await world.strategy.log.trends(trends, await world.reading())).map(shown), calendar.buckets);
    if (interval !== 'day' && interval !== 'hour') return;
    const counts = await countEvents(world, {}, timezone);
    const found = interval === 'day' ? counts.byDay : counts.byHour;
    assert.deepEqual(
      found.map(shown),
      calendar.buckets.filter((bucket) => !bucket.endsWith(' 0')),
    );
  },
}));

/** Creates and records a payment at each instant. */
async function record(world: World, instants: readonly string[]): Promise<void> {
  for (const text of instants) {
    const at = Date.parse(text);
    await create(world, { createdAt: at, at });
  }
}

function shown({ start, count }: { readonly start: number; readonly count: number }): string {
  return `${new Date(start).toISOString()} ${count}`;
}
