// Changing a payment before it is processed, and what may change at any time.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { accepted } from '../../world/expect.ts';
import { captured, processed } from '../../world/gateway-work.ts';
import { command, create, settledImport } from '../../world/orders.ts';
import { currentPayment, find, history } from '../../world/reading.ts';
import { cancel, update } from '../../world/terms.ts';

const HOUR = 3_600_000;

export const changing: readonly ConformanceCase[] = [
  {
    name: 'a payment may have come about before it is recorded; its event is of when it was recorded',
    property: 'life-cycle',
    async run(world) {
      const recorded = world.clock.now();
      const { paymentId } = await create(world, { createdAt: recorded - HOUR, at: recorded });
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.createdAt, payment.updatedAt], [recorded - HOUR, recorded]);
      assert.equal((await history(world, paymentId))[0]?.at, recorded);
    },
  },
  {
    name: 'a payment that was settled outside is recorded as completed and captured',
    property: 'life-cycle',
    async run(world) {
      const createdAt = world.clock.now() - 24 * HOUR;
      const terms = { amount: 777n, reference: 'LEDGER-1', createdAt };
      const { paymentId } = accepted(await world.execute(settledImport(world, terms)));
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.status, payment.captured, payment.imported], ['completed', 777n, true]);
      assert.deepEqual([payment.createdAt, payment.processedAt], [createdAt, createdAt]);
      assert.deepEqual(await world.installation.ledger.entries(), []);
    },
  },
  {
    name: 'an update changes what it names and leaves the rest',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await create(world, {
        amount: 100n,
        customer: { name: 'Ada', email: 'ada@example.org' },
        description: 'January',
        metadata: { team: 'blue', floor: '2' },
      });
      const changes = { customer: { name: 'Ada Lovelace' }, metadata: { team: null, room: '7' } };
      await command(world, paymentId, update(world, changes, { amount: 120n }));
      const payment = await currentPayment(world, paymentId);
      assert.equal(payment.amount.amount, 120n);
      assert.deepEqual(payment.personal, {
        customer: { name: 'Ada Lovelace', email: 'ada@example.org' },
        description: 'January',
        metadata: { floor: '2', room: '7' },
      });
    },
  },
  {
    name: 'an update of a failed payment makes it pending again',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await create(world);
      await processed(world, paymentId, 'test_decline_card_declined');
      await command(world, paymentId, update(world, { description: 'another card' }));
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.status, payment.failure, payment.attempts.length], ['pending', null, 1]);
    },
  },
  {
    name: 'metadata may change after a payment is completed or cancelled, without changing its status',
    property: 'life-cycle',
    async run(world) {
      const completed = await captured(world);
      const cancelled = await create(world);
      await command(world, cancelled.paymentId, cancel(world, { reason: 'ordered twice' }));
      for (const { paymentId } of [completed, cancelled]) {
        const before = await currentPayment(world, paymentId);
        await command(world, paymentId, update(world, { metadata: { archived: 'yes' } }));
        const after = await currentPayment(world, paymentId);
        assert.deepEqual([after.status, after.personal.metadata], [before.status, { archived: 'yes' }]);
      }
    },
  },
  {
    name: 'an update of nothing is accepted and leaves no trace',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await create(world);
      const before = await find(world, paymentId);
      const receipt = await command(world, paymentId, update(world, {}));
      assert.deepEqual([receipt.version, receipt.events], [1, []]);
      assert.deepEqual(await find(world, paymentId), before);
      assert.equal((await history(world, paymentId)).length, 1);
    },
  },
];
