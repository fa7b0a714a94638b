// Event statistics and trends: exact counts, by everything, over time.

import assert from 'node:assert/strict';
import type { Interval } from '@paystrata/application';
import { instantOf } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { anyEvent, countEvents } from '../../world/event-reading.ts';
import { processed } from '../../world/gateway-work.ts';
import { command, create } from '../../world/orders.ts';
import { remove, update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const start = Date.UTC(2026, 0, 15, 10);

export const eventCounts: readonly ConformanceCase[] = [
  {
    name: 'events are counted in all, by type, actor, hour, day and payment',
    property: 'event-counts',
    async run(world) {
      const one = await create(world, { at: start }, { actor: 'key-1' });
      const two = await create(world, { at: start + HOUR - 1 }, { actor: 'key-2' });
      await command(world, one.paymentId, update(world, { description: 'x' }, { at: start + HOUR }), {
        actor: 'key-1',
      });
      await command(world, one.paymentId, remove(world, { at: start + DAY }), { actor: 'key-3' });
      assert.deepEqual(await countEvents(world), {
        count: 4,
        byType: { PaymentCreated: 2, PaymentUpdated: 1, PaymentDeleted: 1 },
        payments: 2,
        byHour: [
          { start, count: 2 },
          { start: start + HOUR, count: 1 },
          { start: start + DAY, count: 1 },
        ],
        byDay: [
          { start: start - 10 * HOUR, count: 3 },
          { start: start + 14 * HOUR, count: 1 },
        ],
        byActor: [
          { actor: 'key-1', count: 2 },
          { actor: 'key-2', count: 1 },
          { actor: 'key-3', count: 1 },
        ],
        byPayment: [
          { paymentId: one.paymentId, count: 3 },
          { paymentId: two.paymentId, count: 1 },
        ],
      });
    },
  },
  {
    name: 'counts follow their filter, and an empty range counts nothing',
    property: 'event-counts',
    async run(world) {
      const { paymentId } = await create(world, { at: start });
      await processed(world, paymentId, 'test_approve', { at: start + 5 });
      await create(world, { at: start + 10 });
      const created = await countEvents(world, { types: ['PaymentCreated'] });
      assert.deepEqual([created.count, created.payments, created.byType], [2, 2, { PaymentCreated: 2 }]);
      assert.equal((await countEvents(world, { paymentId })).count, 3);
      const recorded = { from: instantOf(start), to: instantOf(start + 5) };
      assert.equal((await countEvents(world, { recorded })).count, 1);
      const nothing = await countEvents(world, { recorded: { from: recorded.to, to: recorded.to } });
      assert.deepEqual(nothing, {
        count: 0,
        byType: {},
        payments: 0,
        byHour: [],
        byDay: [],
        byActor: [],
        byPayment: [],
      });
    },
  },
  {
    name: 'a trend reaches from the first event to the last without gaps, counted by type',
    property: 'event-counts',
    async run(world) {
      const { paymentId } = await create(world, { at: start });
      await create(world, { at: start + 1 });
      await command(world, paymentId, remove(world, { at: start + 3 * DAY }));
      const midnight = start - 10 * HOUR;
      assert.deepEqual(await trend(world, 'day'), [
        { start: midnight, count: 2, byType: { PaymentCreated: 2 } },
        { start: midnight + DAY, count: 0, byType: {} },
        { start: midnight + 2 * DAY, count: 0, byType: {} },
        { start: midnight + 3 * DAY, count: 1, byType: { PaymentDeleted: 1 } },
      ]);
      assert.equal((await trend(world, 'hour')).length, 73);
      assert.deepEqual(
        (await trend(world, 'month')).map(({ count }) => count),
        [3],
      );
      assert.deepEqual(await trend(world.neighbour(), 'day'), []);
    },
  },
];

async function trend(world: World, interval: Interval) {
  const query = { type: 'EventTrends', filter: anyEvent, interval, timezone: 'UTC' } as const;
  return world.strategy.log.trends(query, await world.reading());
}
