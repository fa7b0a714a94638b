// The shortest way through a payment's life: created, processed, refunded.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { captured, lookedUp, processed, refunded } from '../../world/gateway-work.ts';
import { create, refusal } from '../../world/orders.ts';
import { known } from '../../world/parsed.ts';
import { currentPayment, find, history } from '../../world/reading.ts';
import { refund } from '../../world/terms.ts';

export const lifeOfAPayment: readonly ConformanceCase[] = [
  {
    name: 'a creation is answered with version 1, the payment and its event',
    property: 'life-cycle',
    async run(world) {
      const receipt = await create(world, { amount: 12_999n, reference: 'INV-1', metadata: { team: 'blue' } });
      assert.equal(receipt.version, 1);
      assert.equal(receipt.replayed, false);
      assert.deepEqual(
        receipt.events.map(({ type, version, paymentId }) => [type, version, paymentId]),
        [['PaymentCreated', 1, receipt.paymentId]],
      );
      const { payment } = receipt;
      assert.deepEqual(
        [payment.status, payment.amount.amount, payment.reference, payment.personal.metadata],
        ['pending', 12_999n, 'INV-1', { team: 'blue' }],
      );
      assert.equal(receipt.position.epoch, world.strategy.epoch());
    },
  },
  {
    name: 'a payment is read as its last command left it',
    property: 'get-payment',
    async run(world) {
      const { paymentId } = await create(world, {
        customer: { name: 'Ada Lovelace', email: 'ada@example.org' },
        description: 'January',
        resourceIds: ['vm-1', 'vm-2'],
        userId: 'user-1',
        workflowId: 'workflow-1',
      });
      const receipt = await processed(world, paymentId);
      const found = known(await find(world, paymentId));
      assert.deepEqual(found.payment, receipt.payment);
      assert.equal(found.payment.personal.customer?.name, 'Ada Lovelace');
    },
  },
  {
    name: 'a charge that the gateway approves completes the payment',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await create(world, { amount: 500n });
      await processed(world, paymentId);
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.status, payment.captured, payment.version], ['completed', 500n, 3]);
      assert.equal(payment.attempts[0]?.status, 'succeeded');
      const [entry] = await world.installation.ledger.entries();
      assert.deepEqual([entry?.kind, entry?.moved, entry?.gatewayKey], ['charge', 500n, `${paymentId}:a1`]);
    },
  },
  {
    name: 'a charge that the gateway declines fails the payment, and another attempt may complete it',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await create(world);
      await processed(world, paymentId, 'test_decline_insufficient_funds');
      const declined = await currentPayment(world, paymentId);
      assert.deepEqual([declined.status, declined.failure?.code], ['failed', 'insufficient_funds']);
      await processed(world, paymentId);
      const completed = await currentPayment(world, paymentId);
      assert.deepEqual([completed.status, completed.failure], ['completed', null]);
      assert.deepEqual(
        completed.attempts.map(({ status }) => status),
        ['failed', 'succeeded'],
      );
    },
  },
  {
    name: 'a charge that times out stays processing until it is looked up',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await create(world);
      await processed(world, paymentId, 'test_timeout_then_approve');
      assert.equal((await currentPayment(world, paymentId)).status, 'processing');
      await lookedUp(world, paymentId);
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.status, payment.captured], ['completed', payment.amount.amount]);
      assert.equal((await world.installation.ledger.entries()).length, 1);
    },
  },
  {
    name: 'refunds in part leave it partially refunded, the rest refunds it',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await captured(world, { amount: 1000n });
      await refunded(world, paymentId, { amount: 300n });
      const partly = await currentPayment(world, paymentId);
      assert.deepEqual([partly.status, partly.refunded], ['partially_refunded', 300n]);
      await refunded(world, paymentId);
      const whole = await currentPayment(world, paymentId);
      assert.deepEqual([whole.status, whole.refunded], ['refunded', 1000n]);
      assert.deepEqual(
        whole.refunds.map(({ amount }) => amount.amount),
        [300n, 700n],
      );
    },
  },
  {
    name: 'a refund of more than remains is refused and leaves no trace',
    property: 'refund-bound',
    async run(world) {
      const { paymentId } = await captured(world, { amount: 1000n });
      await refunded(world, paymentId, { amount: 400n });
      const before = await find(world, paymentId);
      await refusal(world, paymentId, refund(world, { amount: 601n }), 'refund_exceeds_captured');
      assert.deepEqual(await find(world, paymentId), before);
      assert.equal((await history(world, paymentId)).length, 5);
    },
  },
];
