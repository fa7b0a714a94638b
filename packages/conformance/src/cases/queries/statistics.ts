// Statistics: counts and exact totals, one per currency.

import assert from 'node:assert/strict';
import type { Statistics, TimeRange } from '@paystrata/application';
import { instantOf } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { captured, refunded } from '../../world/gateway-work.ts';
import { create, creation, settledImport } from '../../world/orders.ts';
import { accepted } from '../../world/expect.ts';
import { always, currentPayment } from '../../world/reading.ts';
import type { World } from '../../world/world.ts';
import { DAY, day0, recordLedger } from './ledger.ts';

export const statistics: readonly ConformanceCase[] = [
  {
    name: 'counts by status and currency, and totals per currency in the order of the codes',
    property: 'exact-totals',
    async run(world) {
      const ledger = await recordLedger(world);
      await refunded(world, ledger.power, { amount: 2000n });
      assert.deepEqual(await counted(world), {
        count: 6,
        byStatus: { pending: 3, partially_refunded: 1, failed: 1, cancelled: 1 },
        byCurrency: { EUR: 3, GBP: 2, USD: 1 },
        totals: [
          { currency: 'EUR', count: 3, amount: 352_000n, captured: 12_000n, refunded: 2000n },
          { currency: 'GBP', count: 2, amount: 12_001n, captured: 0n, refunded: 0n },
          { currency: 'USD', count: 1, amount: 4500n, captured: 0n, refunded: 0n },
        ],
      });
    },
  },
  {
    name: 'a range of creation or of processing counts what lies in it, its end excluded',
    property: 'exact-totals',
    async run(world) {
      const ledger = await recordLedger(world);
      const range = { from: instantOf(day0 + DAY), to: instantOf(day0 + 3 * DAY) };
      const created = await counted(world, range);
      assert.deepEqual([created.count, created.byStatus], [2, { completed: 1, failed: 1 }]);
      const { processedAt } = await currentPayment(world, ledger.power);
      assert.ok(processedAt !== null);
      const then = { from: processedAt, to: instantOf(processedAt + 1) };
      const processed = await counted(world, then, 'processed');
      assert.deepEqual([processed.count, processed.byCurrency], [1, { EUR: 1 }]);
      assert.equal((await counted(world, { from: null, to: processedAt }, 'processed')).count, 0);
      assert.equal((await counted(world, always, 'processed')).count, 1);
    },
  },
  {
    name: 'an empty range, and an organization without payments, count nothing',
    property: 'exact-totals',
    async run(world) {
      await recordLedger(world);
      assert.equal((await counted(world)).count, 6);
      const nothing = { count: 0, byStatus: {}, byCurrency: {}, totals: [] };
      const instant = instantOf(day0);
      assert.deepEqual(await counted(world, { from: instant, to: instant }), nothing);
      assert.deepEqual(await counted(world, { from: null, to: instant }), nothing);
      assert.deepEqual(await counted(world.neighbour()), nothing);
    },
  },
  {
    name: 'totals beyond 2^53, and where payments allow beyond 2^63, are exact to the last unit',
    property: 'exact-totals',
    async run(world) {
      const large = 2n ** 53n - 1n;
      const [one, two] = [await captured(world, { amount: large }), await captured(world, { amount: large })];
      await refunded(world, one.paymentId);
      await refunded(world, two.paymentId, { amount: 2n });
      await create(world, { amount: 3n });
      const expected = {
        currency: 'EUR',
        count: 3,
        amount: 2n * large + 3n,
        captured: 2n * large,
        refunded: large + 2n,
      };
      assert.deepEqual((await counted(world)).totals, [expected]);
      const many = world.count(1030, 20);
      const orders = Array.from({ length: many }, () => creation(world, { amount: large, currency: 'JPY' }));
      assert.ok((await world.executeBulk(orders)).every(({ ok }) => ok));
      const yen = { currency: 'JPY', count: many, amount: BigInt(many) * large, captured: 0n, refunded: 0n };
      assert.deepEqual((await counted(world)).totals, [expected, yen]);
    },
  },
  {
    name: 'what was settled outside counts as captured',
    property: 'exact-totals',
    async run(world) {
      accepted(await world.execute(settledImport(world, { amount: 700n, currency: 'KWD' })));
      await create(world, { amount: 5n, currency: 'KWD' });
      const totals = [{ currency: 'KWD', count: 2, amount: 705n, captured: 700n, refunded: 0n }];
      assert.deepEqual((await counted(world)).totals, totals);
    },
  },
];

async function counted(
  world: World,
  range: TimeRange = always,
  of: 'created' | 'processed' = 'created',
): Promise<Statistics> {
  return world.strategy.read.statistics({ type: 'PaymentStatistics', range, of }, await world.reading());
}
