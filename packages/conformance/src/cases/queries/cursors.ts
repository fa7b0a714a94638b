// Cursors: good for the question they came from, refused for any other.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { searchEvents } from '../../world/event-reading.ts';
import { failsWith } from '../../world/expect.ts';
import { create } from '../../world/orders.ts';
import { known } from '../../world/parsed.ts';
import { search, type Asked } from '../../world/reading.ts';
import type { World } from '../../world/world.ts';

export const cursors: readonly ConformanceCase[] = [
  {
    name: 'a cursor is refused with other filters, another order or another organization',
    property: 'cursor-binding',
    async run(world) {
      const cursor = await cursorOf(world, { filter: { userId: 'user-1' } });
      const others: readonly Asked[] = [
        {},
        { filter: { userId: 'user-2' } },
        { filter: { userId: 'user-1', text: 'x' } },
        { filter: { userId: 'user-1' }, sort: { by: 'created', descending: false } },
        { filter: { userId: 'user-1' }, sort: { by: 'amount', descending: true } },
      ];
      for (const asked of others) await failsWith('CURSOR_INVALID', () => search(world, { ...asked, cursor }));
      const neighbour = world.neighbour();
      await create(neighbour, { userId: 'user-1' });
      await failsWith('CURSOR_INVALID', () => search(neighbour, { filter: { userId: 'user-1' }, cursor }));
      const same = await search(world, { filter: { userId: 'user-1' }, limit: 100, cursor });
      assert.equal(same.payments.length, 2);
    },
  },
  {
    name: 'what is no cursor, or a damaged one, is refused',
    property: 'cursor-binding',
    async run(world) {
      const cursor = await cursorOf(world, {});
      const broken = ['x', '', '.', cursor.slice(1), cursor.slice(0, -1), `${cursor}${cursor}`, 'é'.repeat(5000)];
      for (const each of broken) await failsWith('CURSOR_INVALID', () => search(world, { cursor: each }));
      assert.equal((await search(world, { cursor })).payments.length, 2);
    },
  },
  {
    name: 'a cursor of an event search is refused with other filters or the other direction',
    property: 'cursor-binding',
    async run(world) {
      await cursorOf(world, {});
      const { next } = await searchEvents(world, {}, { limit: 1 });
      const cursor = known(next, 'a cursor');
      await failsWith('CURSOR_INVALID', () => searchEvents(world, { actor: 'kit' }, { cursor }));
      await failsWith('CURSOR_INVALID', () => searchEvents(world, {}, { cursor, descending: true }));
      await failsWith('CURSOR_INVALID', () => searchEvents(world, {}, { cursor: 'x' }));
      await failsWith('CURSOR_INVALID', () => search(world, { cursor }));
      assert.equal((await searchEvents(world, {}, { cursor })).events.length, 2);
    },
  },
];

/** Three payments of user-1, and the cursor after the first that a search finds. */
async function cursorOf(world: World, asked: Asked): Promise<string> {
  for (let n = 0; n < 3; n++) await create(world, { userId: 'user-1' });
  const { next } = await search(world, { ...asked, limit: 1 });
  return known(next, 'a cursor');
}
