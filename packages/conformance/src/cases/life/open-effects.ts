// What waits for the gateway: found by whoever looks, also after the one who began it is gone.

import assert from 'node:assert/strict';
import { createEffectRunner, silentLogger, type PaymentKey } from '@paystrata/application';
import type { GatewayAnswer, PaymentCommand } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { accepted, refused } from '../../world/expect.ts';
import { carriedOut, lookedUp, processed } from '../../world/gateway-work.ts';
import { create, order } from '../../world/orders.ts';
import { known } from '../../world/parsed.ts';
import { race, RACERS } from '../../world/race.ts';
import { currentPayment, history } from '../../world/reading.ts';
import { process } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

export const openEffects: readonly ConformanceCase[] = [
  {
    name: 'payments of all organizations that wait for the gateway are listed in order, page by page',
    property: 'open-effects',
    async run(world) {
      const neighbour = world.neighbour();
      const open: PaymentKey[] = [];
      for (const each of [neighbour, world, world, neighbour]) {
        const { paymentId } = await create(each);
        await processed(each, paymentId, 'test_timeout_then_approve');
        open.push(each.key(paymentId));
      }
      const done = await create(world);
      await processed(world, done.paymentId);
      await world.reading();
      await neighbour.reading();
      for (const limit of [1, 3, 100]) assert.deepEqual(await listed(world, limit, open), inOrder(open));
      for (const { organizationId, paymentId } of open) {
        await lookedUp(organizationId === world.organizationId ? world : neighbour, paymentId);
      }
      assert.deepEqual(await listed(world, 100, open), []);
      assert.ok((await everyKey(world, 100)).every(({ paymentId }) => paymentId !== done.paymentId));
    },
  },
  {
    name: 'an attempt that nobody carried out is resolved by whoever looks later',
    property: 'open-effects',
    needs: { effects: 'runner' },
    async run(world) {
      const { paymentId } = await create(world);
      // Another process committed this and died before it called the gateway.
      accepted(await world.execute(order(world, paymentId, process(world))));
      const { clock, gateway } = world.installation;
      gateway.release();
      clock.advance(3_600_000);
      const runner = createEffectRunner({ strategy: world.strategy, gateway, clock, logger: silentLogger });
      runner.start();
      try {
        await world.eventually('the attempt is resolved', async () => {
          return (await currentPayment(world, paymentId)).status === 'failed';
        });
      } finally {
        await runner.stop();
      }
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.status, payment.failure?.declineCode], ['failed', 'not_found']);
    },
    otherwise: doneByItself,
  },
  {
    name: 'an answer of the gateway that comes sixteen times is recorded once, another one is refused',
    property: 'open-effects',
    needs: { effects: 'runner' },
    async run(world) {
      const { paymentId } = await create(world);
      const { payment } = accepted(await world.execute(order(world, paymentId, process(world))));
      const attempt = known(payment.attempts[0]);
      const answered = (answer: GatewayAnswer): PaymentCommand => {
        const item = { kind: 'attempt', id: attempt.id } as const;
        return { type: 'RecordGatewayAnswer', now: world.clock.now(), item, answer };
      };
      const approved = { outcome: 'approved', amount: attempt.amount, gatewayReference: 'ch_1' } as const;
      const orders = Array.from({ length: RACERS }, () => order(world, paymentId, answered(approved)));
      const { winners, losers } = await race(world, orders);
      assert.deepEqual([winners.length, losers.length], [RACERS, 0]);
      assert.equal(winners.filter(({ events }) => events.length > 0).length, 1);
      const failure = { code: 'card_declined', declineCode: null, retryable: false } as const;
      const declined = answered({ outcome: 'declined', failure });
      refused(await world.execute(order(world, paymentId, declined)), 'answer_conflict');
      assert.equal((await history(world, paymentId)).length, 3);
    },
    otherwise: doneByItself,
  },
];

/** The declaration that the strategy calls the gateway by itself, proved: nobody else does, and it is done. */
async function doneByItself(world: World): Promise<void> {
  const { paymentId } = await create(world, { amount: 500n });
  await carriedOut(world, accepted(await world.execute(order(world, paymentId, process(world)))));
  assert.equal((await currentPayment(world, paymentId)).status, 'completed');
  const moved = (await world.installation.ledger.entries()).map((entry) => entry.moved);
  assert.deepEqual(moved, [500n]);
}

/** Those of ours that are listed, in the order in which they are. */
async function listed(world: World, limit: number, ours: readonly PaymentKey[]): Promise<readonly string[]> {
  const names = new Set(ours.map(nameOf));
  return (await everyKey(world, limit)).map(nameOf).filter((name) => names.has(name));
}

async function everyKey(world: World, limit: number): Promise<readonly PaymentKey[]> {
  const keys: PaymentKey[] = [];
  let after: PaymentKey | null = null;
  for (;;) {
    const page: readonly PaymentKey[] = await world.strategy.read.awaitingGateway(after, limit);
    assert.ok(page.length <= limit);
    keys.push(...page);
    after = page.at(-1) ?? null;
    if (page.length < limit) return keys;
  }
}

function inOrder(keys: readonly PaymentKey[]): readonly string[] {
  return keys.map(nameOf).sort();
}

function nameOf({ organizationId, paymentId }: PaymentKey): string {
  return `${organizationId}/${paymentId}`;
}
