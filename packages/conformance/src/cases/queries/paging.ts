// Pages: by cursor with any limit, by number, and while the payments change.

import assert from 'node:assert/strict';
import { COUNT_CAP, type Sort } from '@paystrata/application';
import type { PaymentId } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { command, create, creation } from '../../world/orders.ts';
import { idsOf, search, searchIds, type Asked } from '../../world/reading.ts';
import { remove, update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';
import { day0 } from './ledger.ts';
import { recordEqual } from './search-order.ts';

const byCreation: Sort = { by: 'created', descending: false };

export const paging: readonly ConformanceCase[] = [
  {
    name: 'pages by cursor of any size are together the whole, though the sort keys are equal',
    property: 'paging',
    async run(world) {
      await recordEqual(world);
      for (const sort of [
        byCreation,
        { by: 'amount', descending: true },
        { by: 'status', descending: false },
      ] as const) {
        const whole = await searchIds(world, { sort });
        assert.equal(whole.length, 12);
        for (const limit of [1, 2, 3, 5, 11, 12, 13, 100]) {
          assert.deepEqual(await paged(world, { sort, limit }), whole, `pages of ${limit} by ${sort.by}`);
        }
      }
    },
  },
  {
    name: 'pages by number are the same as by cursor, and beyond the last there is nothing',
    property: 'paging',
    async run(world) {
      await recordEqual(world);
      const whole = await searchIds(world, { sort: byCreation });
      for (const [page, size] of [
        [1, 5],
        [2, 5],
        [3, 2],
      ] as const) {
        const found = await search(world, { sort: byCreation, limit: 5, page });
        assert.deepEqual(idsOf(found), whole.slice((page - 1) * 5, page * 5));
        assert.deepEqual([found.payments.length, found.hasMore, found.total.value], [size, page < 3, 12]);
      }
      const beyond = await search(world, { sort: byCreation, limit: 5, page: 4 });
      assert.deepEqual([beyond.payments, beyond.hasMore, beyond.total.value], [[], false, 12]);
    },
  },
  {
    name: 'a page that ends where the payments end has no next one',
    property: 'paging',
    async run(world) {
      await recordEqual(world);
      const exact = await search(world, { limit: 12 });
      assert.deepEqual([exact.payments.length, exact.hasMore, exact.next], [12, false, null]);
      const short = await search(world, { limit: 11 });
      assert.deepEqual([short.payments.length, short.hasMore], [11, true]);
      const last = await search(world, { limit: 11, cursor: short.next });
      assert.deepEqual([last.payments.length, last.hasMore, last.next], [1, false, null]);
    },
  },
  {
    name: 'a payment that does not change while others do is on one page exactly, also by time of change',
    property: 'paging',
    async run(world) {
      const made: PaymentId[] = [];
      for (let n = 0; n < 8; n++) {
        made.push((await create(world, { createdAt: day0 + n, at: day0 + n, amount: BigInt(n + 10) })).paymentId);
      }
      const [moved, removed] = made;
      assert.ok(moved !== undefined && removed !== undefined);
      const still = made.slice(2);
      for (const by of ['created', 'updated', 'amount'] as const) {
        const sort: Sort = { by, descending: true };
        const first = await search(world, { sort, limit: 3 });
        await command(world, moved, update(world, { metadata: { by } }));
        if (by === 'created') await command(world, removed, remove(world));
        const added = await create(world, { createdAt: day0 + 4, amount: 14n });
        const rest = await paged(world, { sort, limit: 3, cursor: first.next });
        const shown = [...idsOf(first), ...rest];
        assert.deepEqual(
          still.filter((id) => shown.filter((each) => each === id).length !== 1),
          [],
          by,
        );
        await command(world, added.paymentId, remove(world));
      }
    },
  },
  {
    name: 'the count is exact up to its cap, and says where it is capped',
    property: 'paging',
    async run(world) {
      const size = world.installation.scale < 1 ? 120 : COUNT_CAP + 1;
      for (let done = 0; done < size; done += 1000) {
        const orders = Array.from({ length: Math.min(1000, size - done) }, () => creation(world));
        const results = await world.executeBulk(orders);
        assert.ok(results.every(({ ok }) => ok));
      }
      const expected = { value: Math.min(size, COUNT_CAP), capped: size > COUNT_CAP };
      assert.deepEqual((await search(world, { limit: 1 })).total, expected);
      const { paymentId } = await create(world, { reference: 'ONE' });
      const one = await search(world, { filter: { reference: 'ONE' } });
      assert.deepEqual([idsOf(one), one.total], [[paymentId], { value: 1, capped: false }]);
    },
  },
];

/** All that is left from a cursor on, or from the beginning. */
async function paged(world: World, asked: Asked): Promise<readonly PaymentId[]> {
  const ids: PaymentId[] = [];
  for (let cursor = asked.cursor ?? null; ;) {
    const page = await search(world, { ...asked, cursor });
    assert.ok(page.payments.length <= (asked.limit ?? 100));
    assert.equal(page.hasMore, page.next !== null);
    ids.push(...idsOf(page));
    if (page.next === null) return ids;
    cursor = page.next;
  }
}
