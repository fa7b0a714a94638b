// The orders of search: by each key, both ways, ties by id in the same direction.

import assert from 'node:assert/strict';
import { sortKeys, type SortKey } from '@paystrata/application';
import type { Payment } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { captured } from '../../world/gateway-work.ts';
import { create } from '../../world/orders.ts';
import { idsOf, search, searchIds } from '../../world/reading.ts';
import type { World } from '../../world/world.ts';
import { day0, namesFound, recordLedger } from './ledger.ts';

export const searchOrder: readonly ConformanceCase[] = [
  {
    name: 'each sort key orders as it says, upwards and downwards',
    property: 'search-order',
    async run(world) {
      const ledger = await recordLedger(world);
      const order = async (by: SortKey, descending: boolean) =>
        (await namesFound(world, ledger, { sort: { by, descending } })).join(' ');
      assert.equal(await order('created', false), 'rent power water phone wages fees');
      assert.equal(await order('created', true), 'fees wages phone water power rent');
      assert.equal(await order('amount', false), 'fees phone power water rent wages');
      assert.equal(await order('amount', true), 'wages rent water power phone fees');
      assert.match(await order('status', false), /^phone power water (rent|wages|fees)/);
      assert.match(await order('status', true), /(rent|wages|fees) water power phone$/);
      assert.match(await order('updated', false), /^(rent fees|fees rent) /);
    },
  },
  {
    name: 'payments that are equal by the key stand in the order of their ids, in either direction',
    property: 'search-order',
    async run(world) {
      await recordEqual(world);
      const payments = (await search(world)).payments.map(({ payment }) => payment);
      assert.equal(payments.length, 12);
      for (const by of sortKeys) {
        const upwards = payments.toSorted((a, b) => compare(keysOf(a, by), keysOf(b, by))).map(({ id }) => id);
        assert.deepEqual(await searchIds(world, { sort: { by, descending: false } }), upwards, by);
        assert.deepEqual(await searchIds(world, { sort: { by, descending: true } }), upwards.toReversed(), by);
      }
    },
  },
  {
    name: 'amounts beyond 2^53 that differ by one are in their order and found by it',
    property: 'search-order',
    async run(world) {
      const large = 2n ** 53n;
      const made = [];
      for (const amount of [large + 1n, large, large + 2n]) made.push((await create(world, { amount })).paymentId);
      const [middle, least, most] = made;
      const sort = { by: 'amount', descending: false } as const;
      assert.deepEqual(await searchIds(world, { sort }), [least, middle, most]);
      const { currency } = (await search(world)).payments[0]?.payment.amount ?? {};
      assert.ok(currency !== undefined);
      const filter = { currencies: [currency], minAmount: large + 1n, maxAmount: large + 1n };
      assert.deepEqual(idsOf(await search(world, { filter })), [middle]);
    },
  },
];

/** Twelve payments of few different keys, their ids in no order (references make them). */
export async function recordEqual(world: World): Promise<void> {
  for (let n = 0; n < 12; n++) {
    const currency = n % 4 === 0 ? 'USD' : 'EUR';
    const terms = { amount: n < 6 ? 500n : 700n, currency, createdAt: day0, at: day0 + 1000, reference: `R-${n}` };
    if (n % 3 === 0) await captured(world, terms);
    else await create(world, terms);
  }
}

type Keys = readonly (number | bigint | string)[];

function keysOf({ id, createdAt, updatedAt, amount, status }: Payment, by: SortKey): Keys {
  const keys = {
    created: [createdAt],
    updated: [updatedAt],
    amount: [amount.amount, amount.currency],
    status: [status],
  };
  return [...keys[by], id];
}

function compare(a: Keys, b: Keys): number {
  for (const [index, key] of a.entries()) {
    const other = b[index];
    if (other === undefined || key === other) continue;
    return key < other ? -1 : 1;
  }
  return 0;
}
