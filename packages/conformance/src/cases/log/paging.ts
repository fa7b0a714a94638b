// Reading the log from any place, in both directions, in pages of any size, in parts.

import assert from 'node:assert/strict';
import type { LogRequest } from '@paystrata/application';
import type { ConformanceCase } from '../../kit/case.ts';
import { readAll } from '../../world/event-reading.ts';
import { captured } from '../../world/gateway-work.ts';
import { create } from '../../world/orders.ts';
import type { World } from '../../world/world.ts';

export const logPaging: readonly ConformanceCase[] = [
  {
    name: 'pages of any size give the same log, and the last one says that it ends',
    property: 'log-paging',
    async run(world) {
      const { organizationId } = world;
      const whole = await severalEvents(world);
      for (let limit = 1; limit <= whole.length + 1; limit++) {
        const paged = await readAll(world, { organizationId, limit });
        assert.deepEqual(idsOf(paged), idsOf(whole), `pages of ${limit}`);
      }
      const last = await page(world, { organizationId, from: whole.at(-1)?.position ?? 0 });
      assert.deepEqual([last.events, last.end], [[], true]);
    },
  },
  {
    name: 'backward is the reverse of forward, from the end and from any place',
    property: 'log-paging',
    async run(world) {
      const { organizationId } = world;
      const whole = await severalEvents(world);
      for (const limit of [1, 3, 1000]) {
        const backward = await readAll(world, { organizationId, direction: 'backward', limit });
        assert.deepEqual(idsOf(backward), idsOf(whole).reverse(), `pages of ${limit}`);
      }
      for (const [index, { position }] of whole.entries()) {
        const before = await readAll(world, { organizationId, direction: 'backward', from: position, limit: 2 });
        assert.deepEqual(idsOf(before), idsOf(whole.slice(0, index)).reverse());
        const after = await readAll(world, { organizationId, from: position, limit: 2 });
        assert.deepEqual(idsOf(after), idsOf(whole.slice(index + 1)));
      }
    },
  },
  {
    name: 'a part of the log has the events of that payment or organization, no others',
    property: 'log-paging',
    async run(world) {
      const neighbour = world.neighbour();
      const { paymentId } = await captured(world);
      await create(neighbour);
      await create(world);
      await neighbour.reading();
      await world.reading();
      const mine = await readAll(world, { organizationId: world.organizationId });
      assert.deepEqual([...new Set(mine.map((event) => event.organizationId))], [world.organizationId]);
      assert.equal(mine.length, 4);
      const one = await readAll(world, world.key(paymentId));
      assert.deepEqual(
        one.map((event) => [event.paymentId, event.version]),
        [1, 2, 3].map((version) => [paymentId, version]),
      );
      assert.deepEqual(await readAll(world, neighbour.key(paymentId)), []);
      const both = await readAll(world, { from: (mine[0]?.position ?? 1) - 1 });
      assert.ok(both.some((event) => event.organizationId === neighbour.organizationId));
    },
  },
];

async function severalEvents(world: World) {
  for (let n = 0; n < 3; n++) await captured(world);
  await create(world);
  await world.reading();
  const whole = await readAll(world, { organizationId: world.organizationId });
  assert.equal(whole.length, 10);
  return whole;
}

function page(world: World, request: Partial<LogRequest>) {
  return world.strategy.log.readAll({ direction: 'forward', from: null, limit: 10, ...request });
}

function idsOf(events: readonly { readonly eventId: string }[]): string[] {
  return events.map(({ eventId }) => eventId);
}
