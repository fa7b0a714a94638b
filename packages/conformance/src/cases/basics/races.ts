// The races that every strategy must win first: creating, processing, refunding.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { captured, carriedOut } from '../../world/gateway-work.ts';
import { create, creation, order } from '../../world/orders.ts';
import { onlyWinner, race, RACERS } from '../../world/race.ts';
import { currentPayment, history, searchIds } from '../../world/reading.ts';
import { process, refund } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

export const basicRaces: readonly ConformanceCase[] = [
  {
    name: 'of sixteen creations with one reference exactly one wins',
    property: 'one-winner',
    async run(world) {
      const racing = await race(
        world,
        racers((n) => creation(world, { reference: 'INV-1', amount: BigInt(n + 1) })),
      );
      const winner = onlyWinner(racing);
      assert.deepEqual([...new Set(racing.losers.map(({ code }) => code))], ['payment_exists']);
      assert.deepEqual(await searchIds(world), [winner.paymentId]);
      assert.equal((await currentPayment(world, winner.paymentId)).amount.amount, winner.payment.amount.amount);
      assert.equal((await history(world, winner.paymentId)).length, 1);
    },
  },
  {
    name: 'of sixteen commands to process exactly one wins, and the gateway is charged once',
    property: 'one-winner',
    async run(world) {
      const { paymentId } = await create(world, { amount: 700n });
      const racing = await race(
        world,
        racers(() => order(world, paymentId, process(world))),
      );
      await carriedOut(world, onlyWinner(racing));
      assert.deepEqual([...new Set(racing.losers.map(({ code }) => code))], ['illegal_state']);
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.status, payment.attempts.length], ['completed', 1]);
      assert.deepEqual(await moved(world), [700n]);
    },
  },
  {
    name: 'of sixteen full refunds exactly one wins, and the gateway refunds once',
    property: 'one-winner',
    async run(world) {
      const { paymentId } = await captured(world, { amount: 700n });
      const racing = await race(
        world,
        racers(() => order(world, paymentId, refund(world))),
      );
      await carriedOut(world, onlyWinner(racing));
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.status, payment.refunded, payment.refunds.length], ['refunded', 700n, 1]);
      assert.deepEqual(await moved(world), [700n, 700n]);
    },
  },
];

function racers<T>(make: (n: number) => T): readonly T[] {
  return Array.from({ length: RACERS }, (_, n) => make(n));
}

async function moved({ installation, organizationId }: World): Promise<readonly bigint[]> {
  const entries = await installation.ledger.entries();
  return entries.filter((entry) => entry.organizationId === organizationId).map((entry) => entry.moved);
}
