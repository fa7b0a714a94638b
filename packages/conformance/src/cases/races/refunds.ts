// Races about money: however many ask at once, no more goes back than was captured.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { captured, carriedOut } from '../../world/gateway-work.ts';
import { order } from '../../world/orders.ts';
import { race, RACERS } from '../../world/race.ts';
import { currentPayment, history } from '../../world/reading.ts';
import { refund } from '../../world/terms.ts';

export const refundRaces: readonly ConformanceCase[] = [
  {
    name: 'of sixteen refunds of a tenth exactly ten win, and together they are the capture',
    property: 'refund-bound',
    async run(world) {
      const { paymentId } = await captured(world, { amount: 1000n });
      const orders = Array.from({ length: RACERS }, () => order(world, paymentId, refund(world, { amount: 100n })));
      const { winners, losers } = await race(world, orders);
      assert.deepEqual([winners.length, losers.length], [10, 6]);
      for (const winner of winners) await carriedOut(world, winner);
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.status, payment.refunded], ['refunded', 1000n]);
      const entries = await world.installation.ledger.entries();
      const back = entries.filter(({ kind }) => kind === 'refund').map(({ moved }) => moved);
      assert.deepEqual(back, Array(10).fill(100n));
    },
  },
  {
    name: 'refunds of different sizes racing never reserve more than was captured',
    property: 'refund-bound',
    async run(world) {
      const { paymentId } = await captured(world, { amount: 1000n });
      const orders = Array.from({ length: RACERS }, (_, n) =>
        order(world, paymentId, refund(world, { amount: BigInt(90 + n * 37) })),
      );
      const { winners, losers } = await race(world, orders);
      const asked = await history(world, paymentId);
      const reserved = asked.flatMap((event) => (event.type === 'RefundRequested' ? [event.data.amount.amount] : []));
      const sum = reserved.reduce((total, amount) => total + amount, 0n);
      assert.ok(sum > 0n && sum <= 1000n, `${sum} was reserved of 1000`);
      assert.equal(winners.length, reserved.length);
      assert.equal(winners.length + losers.length, RACERS);
      const left = 1000n - sum;
      const refusedForNothing = losers.length > 0 && left >= BigInt(90 + (RACERS - 1) * 37);
      assert.ok(!refusedForNothing, `a refund was refused although ${left} was left for any of them`);
    },
  },
];
