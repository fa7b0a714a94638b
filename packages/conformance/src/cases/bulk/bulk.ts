// Many orders at once: each succeeds or fails apart, in order, and sees those before it.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { create, creation, newPaymentId, order } from '../../world/orders.ts';
import { currentPayment, history, search, searchIds } from '../../world/reading.ts';
import { cancel, update } from '../../world/terms.ts';
import { toldBy } from './told-by.ts';

export const bulk: readonly ConformanceCase[] = [
  {
    name: 'a bulk answers each order in its place: receipts, refusals and failures, none takes others down',
    property: 'bulk',
    async run(world) {
      const { paymentId } = await create(world);
      const results = await world.executeBulk([
        creation(world, { reference: 'A' }),
        creation(world, { amount: 0n }),
        order(world, paymentId, update(world, { description: 'x' }), { expectedVersion: 7 }),
        order(world, newPaymentId(world), cancel(world)),
        creation(world, { reference: 'B' }),
        order(world, paymentId, update(world, { description: 'y' }), { expectedVersion: 1 }),
      ]);
      assert.deepEqual(results.map(toldBy), [
        'version 1',
        'amount_not_positive',
        'WRONG_EXPECTED_VERSION',
        'payment_not_found',
        'version 1',
        'version 2',
      ]);
      assert.equal((await currentPayment(world, paymentId)).personal.description, 'y');
      assert.equal((await searchIds(world)).length, 3);
    },
  },
  {
    name: 'a command id that comes twice in one bulk, or in another one, acts once',
    property: 'idempotent-commands',
    async run(world) {
      const first = creation(world, { reference: 'A' });
      const change = order(world, first.paymentId, update(world, { description: 'x' }));
      const results = [
        ...(await world.executeBulk([first, first, change, change])),
        ...(await world.executeBulk([change, first])),
      ];
      assert.deepEqual(
        results.map((result) => (result.ok ? [result.receipt.version, result.receipt.replayed] : toldBy(result))),
        [
          [1, false],
          [1, true],
          [2, false],
          [2, true],
          [2, true],
          [1, true],
        ],
      );
      assert.equal((await history(world, first.paymentId)).length, 2);
    },
  },
  {
    name: 'a reference that comes twice in one bulk is one payment',
    property: 'unique-reference',
    async run(world) {
      const results = await world.executeBulk([
        creation(world, { reference: 'A', amount: 5n }),
        creation(world, { reference: 'A', amount: 5n }),
      ]);
      assert.deepEqual(results.map(toldBy), ['version 1', 'payment_exists']);
      assert.equal((await searchIds(world)).length, 1);
    },
  },
  {
    name: 'a bulk of a thousand orders is done whole, each payment once',
    property: 'bulk',
    async run(world) {
      const size = world.count(1000, 50);
      const orders = Array.from({ length: size }, (_, n) => creation(world, { reference: `R-${n}`, amount: 1n }));
      const results = await world.executeBulk(orders);
      assert.deepEqual([...new Set(results.map(toldBy))], ['version 1']);
      assert.deepEqual(
        results.map((result) => result.ok && result.receipt.paymentId),
        orders.map(({ paymentId }) => paymentId),
      );
      assert.equal((await search(world, { limit: 1 })).total.value, size);
    },
  },
  {
    name: 'a bulk of nothing answers nothing',
    property: 'bulk',
    async run(world) {
      const { paymentId } = await create(world);
      assert.deepEqual(await world.executeBulk([]), []);
      assert.deepEqual(await searchIds(world), [paymentId]);
    },
  },
];
