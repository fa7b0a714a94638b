// References, command ids and expected versions: what makes it safe to send a command again.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { accepted, failsWith } from '../../world/expect.ts';
import { processed, refunded } from '../../world/gateway-work.ts';
import { command, create, creation, order, refusal } from '../../world/orders.ts';
import { race, RACERS } from '../../world/race.ts';
import { currentPayment, find, history } from '../../world/reading.ts';
import { newPayment, remove, update } from '../../world/terms.ts';

export const commandsOnce: readonly ConformanceCase[] = [
  {
    name: 'a reference belongs to one payment, also after that is deleted',
    property: 'unique-reference',
    async run(world) {
      const terms = { reference: 'INV-1', amount: 500n };
      const { paymentId } = await create(world, terms);
      const again = newPayment(world, 'CreatePayment', paymentId, terms);
      const rejection = await refusal(world, paymentId, again, 'payment_exists');
      assert.deepEqual(rejection.details, { paymentId, sameAmount: true });
      await command(world, paymentId, remove(world));
      await refusal(world, paymentId, newPayment(world, 'CreatePayment', paymentId, terms), 'payment_exists');
      assert.equal((await history(world, paymentId)).length, 2);
    },
  },
  {
    name: 'the same reference in another organization is another payment',
    property: 'unique-reference',
    async run(world) {
      const neighbour = world.neighbour();
      const mine = await create(world, { reference: 'INV-1', amount: 1n });
      const theirs = await create(neighbour, { reference: 'INV-1', amount: 2n });
      assert.notEqual(mine.paymentId, theirs.paymentId);
      assert.equal((await currentPayment(world, mine.paymentId)).amount.amount, 1n);
      assert.equal((await currentPayment(neighbour, theirs.paymentId)).amount.amount, 2n);
    },
  },
  {
    name: 'the same command id again gives the same receipt, marked as replayed',
    property: 'idempotent-commands',
    async run(world) {
      const once = creation(world, { reference: 'INV-1' });
      const first = accepted(await world.execute(once));
      const again = accepted(await world.execute(once));
      assert.deepEqual(again, { ...first, replayed: true });
      assert.equal((await history(world, first.paymentId)).length, 1);
    },
  },
  {
    name: 'a command id is known after later changes too, and its receipt shows the payment as it was',
    property: 'idempotent-commands',
    async run(world) {
      const { paymentId } = await create(world, { amount: 900n });
      const once = order(world, paymentId, update(world, { description: 'first' }));
      const first = accepted(await world.execute(once));
      await command(world, paymentId, update(world, { description: 'second' }));
      await processed(world, paymentId);
      await refunded(world, paymentId, { amount: 100n });
      const again = accepted(await world.execute(once));
      assert.deepEqual(again, { ...first, replayed: true });
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.personal.description, payment.version], ['second', 7]);
    },
  },
  {
    name: 'the same command id sent sixteen times at once acts once, and all are told the same',
    property: 'idempotent-commands',
    async run(world) {
      const { paymentId } = await create(world);
      const once = order(world, paymentId, update(world, { description: 'once' }));
      const { winners: receipts } = await race(world, Array(RACERS).fill(once));
      assert.equal(receipts.length, RACERS);
      assert.equal(receipts.filter(({ replayed }) => !replayed).length, 1);
      assert.deepEqual([...new Set(receipts.map(({ version }) => version))], [2]);
      assert.equal((await history(world, paymentId)).length, 2);
    },
  },
  {
    name: 'a command upon another version than the expected one fails and leaves no trace',
    property: 'expected-version',
    async run(world) {
      const { paymentId } = await create(world);
      const second = order(world, paymentId, update(world, { description: 'a' }), { expectedVersion: 1 });
      assert.equal(accepted(await world.execute(second)).version, 2);
      const before = await find(world, paymentId);
      const stale = order(world, paymentId, update(world, { description: 'b' }), { expectedVersion: 1 });
      await failsWith('WRONG_EXPECTED_VERSION', () => world.execute(stale));
      assert.deepEqual(await find(world, paymentId), before);
    },
  },
];
