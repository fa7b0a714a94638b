// Money is conserved: whatever happened, what we say was captured and refunded is what the gateway's ledger says.

import assert from 'node:assert/strict';
import { ledgerBalances } from '@paystrata/application';
import { dueEffects, needsReview, type PaymentId } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { carriedOut, lookedUp } from '../../world/gateway-work.ts';
import { create, order } from '../../world/orders.ts';
import { always, currentPayment, search } from '../../world/reading.ts';
import { cancel, process, refund, settle, update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';
import { randomFrom, type Random } from './random.ts';

const methods = [
  ...['test_approve', 'test_approve', 'test_decline_insufficient_funds', 'test_timeout_then_approve'],
  ...['test_timeout_then_decline', 'test_wrong_amount', 'test_refund_decline_processing_error'],
  ...['test_refund_timeout_then_approve', 'test_refund_timeout_then_decline', 'test_refund_wrong_amount'],
];
const currencies = ['EUR', 'GBP', 'JPY'];

export const moneyConserved: readonly ConformanceCase[] = [1, 2, 3].map((seed) => ({
  name: `after a random run with time-outs, declines and wrong amounts the ledgers agree (seed ${seed})`,
  property: 'money-conserved',
  async run(world) {
    const random = randomFrom(seed);
    const ids: PaymentId[] = [];
    for (let n = 0; n < world.count(24, 6); n++) {
      const { paymentId } = await create(world, {
        amount: BigInt(random.below(5000) + 100),
        currency: random.of(currencies),
      });
      ids.push(paymentId);
    }
    for (let round = 0; round < 4; round++) {
      await Promise.all(ids.map((paymentId) => somethingHappens(world, paymentId, random)));
    }
    for (const paymentId of ids) await seeThrough(world, paymentId);
    await requireBalance(world);
  },
}));

/** Some command with some outcome, twice at once where chance will have it. */
async function somethingHappens(world: World, paymentId: PaymentId, random: Random): Promise<void> {
  const roll = random.below(10);
  const amount = BigInt(random.below(900) + 10);
  const what =
    roll < 5
      ? process(world, random.of(methods))
      : roll < 8
        ? refund(world, roll === 5 ? {} : { amount })
        : roll === 8
          ? update(world, { metadata: { roll: String(amount) } })
          : cancel(world);
  const orders = [order(world, paymentId, what), ...(amount % 3n === 0n ? [order(world, paymentId, what)] : [])];
  for (const result of await Promise.all(orders.map((each) => world.execute(each)))) {
    if (result.ok) await carriedOut(world, result.receipt);
  }
}

/** Looks up what is open and settles, as what moved, what waits for a person. */
async function seeThrough(world: World, paymentId: PaymentId): Promise<void> {
  await lookedUp(world, paymentId);
  for (let payment = await currentPayment(world, paymentId); needsReview(payment);) {
    const parked = [...payment.attempts, ...payment.refunds].find(({ status }) => status === 'parked');
    const result = await world.execute(order(world, paymentId, settle(world, 'completed', {}, parked?.id ?? null)));
    assert.ok(result.ok, result.ok ? '' : result.rejection.message);
    payment = await currentPayment(world, paymentId);
  }
  assert.deepEqual(dueEffects(await currentPayment(world, paymentId)), []);
}

async function requireBalance(world: World): Promise<void> {
  const { organizationId, strategy, installation } = world;
  const context = await world.reading();
  const { totals } = await strategy.read.statistics(
    { type: 'PaymentStatistics', range: always, of: 'created' },
    context,
  );
  const balances = ledgerBalances(await installation.ledger.entries());
  assert.ok(totals.length > 0);
  for (const { currency, captured, refunded } of totals) {
    assert.equal(captured - refunded, balances.get(`${organizationId}/${currency}`) ?? 0n, currency);
  }
  const { payments } = await search(world);
  for (const { payment } of payments) assert.ok(payment.refunded <= payment.captured, payment.id);
}
