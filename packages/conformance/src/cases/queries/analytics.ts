// Analytics: what the payments found come to, over time and by what they have in common.

import assert from 'node:assert/strict';
import type { Analytics, Interval, PaymentFilter } from '@paystrata/application';
import type { ConformanceCase } from '../../kit/case.ts';
import { accepted, failsWith } from '../../world/expect.ts';
import { processed, refunded } from '../../world/gateway-work.ts';
import { create, order, settledImport } from '../../world/orders.ts';
import { known } from '../../world/parsed.ts';
import { anyPayment, currentPayment } from '../../world/reading.ts';
import { process } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';
import { DAY, day0, recordLedger } from './ledger.ts';

export const analytics: readonly ConformanceCase[] = [
  {
    name: 'buckets reach from the first payment to the last without gaps and add up to the whole',
    property: 'analytics',
    async run(world) {
      const ledger = await recordLedger(world);
      await create(world, { createdAt: day0 + 9 * DAY, amount: 5n });
      await refunded(world, ledger.power, { amount: 1n });
      const found = await analyzed(world);
      const midnight = day0 - DAY / 2;
      const starts = Array.from({ length: 10 }, (_, n) => midnight + n * DAY);
      assert.deepEqual(
        found.buckets.map(({ start }) => start),
        starts,
      );
      assert.deepEqual(
        found.buckets.map(({ count }) => count),
        [1, 1, 1, 1, 1, 1, 0, 0, 0, 1],
      );
      const [, power] = found.buckets;
      assert.deepEqual(power, {
        start: midnight + DAY,
        count: 1,
        byStatus: { partially_refunded: 1 },
        byCurrency: { EUR: 1 },
        totals: [{ currency: 'EUR', count: 1, amount: 12_000n, captured: 12_000n, refunded: 1n }],
      });
      assert.equal(found.totals.find(({ currency }) => currency === 'EUR')?.amount, 352_005n);
      assert.deepEqual(found.byCurrency, { EUR: 4, GBP: 2, USD: 1 });
    },
  },
  {
    name: 'every filter of search restricts them, and where nothing is found there is nothing',
    property: 'analytics',
    async run(world) {
      await recordLedger(world);
      const blue = await analyzed(world, { metadata: { team: 'blue' } });
      assert.deepEqual(
        [blue.byStatus, blue.byCurrency],
        [
          { pending: 2, completed: 1 },
          { EUR: 2, GBP: 1 },
        ],
      );
      const text = await analyzed(world, { text: 'jan', statuses: ['pending'] });
      assert.deepEqual([text.buckets.length, text.totals[0]?.amount], [1, 90_000n]);
      assert.deepEqual((await analyzed(world, { statuses: ['deleted'] })).byStatus, { deleted: 1 });
      assert.deepEqual(await analyzed(world, { userId: 'nobody' }), {
        ...{ totals: [], buckets: [], byStatus: {}, byCurrency: {}, byCustomer: [], successRate: null, failures: [] },
        durations: { p50: null, p95: null, p99: null },
      });
    },
  },
  {
    name: 'the success rate and the failures, most frequent first, are those of the last attempts',
    property: 'analytics',
    async run(world) {
      const methods = ['test_approve', 'test_decline_expired_card', 'test_decline_do_not_honor', 'test_approve'];
      for (const method of [...methods, 'test_decline_expired_card', 'test_timeout_then_approve']) {
        await processed(world, (await create(world)).paymentId, method);
      }
      const again = (await create(world)).paymentId;
      await processed(world, again, 'test_decline_fraudulent');
      await processed(world, again);
      const found = await analyzed(world);
      assert.equal(found.successRate, 0.5);
      assert.deepEqual(found.failures, [
        { code: 'expired_card', count: 2 },
        { code: 'do_not_honor', count: 1 },
      ]);
    },
  },
  {
    name: 'the twenty customers with most payments, ties in the order of code points',
    property: 'analytics',
    async run(world) {
      const customer = (n: number) => ({ name: `Customer ${String(n).padStart(2, '0')}`, email: null });
      for (let n = 22; n >= 1; n--) await create(world, { customer: customer(n) });
      await create(world, { customer: customer(22) });
      await create(world, {});
      const { byCustomer } = await analyzed(world);
      assert.deepEqual(byCustomer[0], { customer: 'Customer 22', count: 2 });
      assert.deepEqual(
        byCustomer.slice(1),
        Array.from({ length: 19 }, (_, n) => ({ customer: customer(n + 1).name, count: 1 })),
      );
    },
  },
  {
    name: 'durations are nearest-rank percentiles from created to completed, without what was settled outside',
    property: 'analytics',
    async run(world) {
      const durations: number[] = [];
      for (let n = 1; n <= 10; n++) {
        const created = world.clock.now() - n * 1000;
        const { paymentId } = await create(world, { createdAt: created });
        await processed(world, paymentId);
        const payment = await currentPayment(world, paymentId);
        durations.push(known(payment.processedAt) - payment.createdAt);
      }
      accepted(await world.execute(settledImport(world, { createdAt: day0 })));
      accepted(
        await world.execute(order(world, (await create(world)).paymentId, process(world, 'test_timeout_then_approve'))),
      );
      const sorted = durations.toSorted((a, b) => a - b);
      const expected = { p50: sorted[4], p95: sorted[9], p99: sorted[9] };
      assert.deepEqual((await analyzed(world, {}, 'month')).durations, expected);
    },
  },
];

export const analyticsLimits: readonly ConformanceCase[] = [
  {
    name: 'more than a thousand buckets are refused, a longer interval is answered',
    property: 'analytics',
    async run(world) {
      for (const createdAt of [day0, day0 + 50 * DAY]) await create(world, { createdAt });
      await failsWith('INVALID_MESSAGE', () => analyzed(world, {}, 'hour'));
      const { buckets } = await analyzed(world, {}, 'day');
      assert.equal(buckets.length, 51);
      assert.equal((await analyzed(world, {}, 'week')).totals[0]?.count, 2);
    },
  },
];

async function analyzed(
  world: World,
  filter: Partial<PaymentFilter> = {},
  interval: Interval = 'day',
  timezone = 'UTC',
): Promise<Analytics> {
  const query = { type: 'PaymentAnalytics', filter: { ...anyPayment, ...filter }, interval, timezone } as const;
  return world.strategy.read.analytics(query, await world.reading());
}
