// Charges and refunds that do not go straight: time-outs, declines, wrong amounts, and the person who settles them.

import assert from 'node:assert/strict';
import { needsReview } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { accepted } from '../../world/expect.ts';
import { captured, lookedUp, processed, refunded } from '../../world/gateway-work.ts';
import { command, create, refusal, settledImport } from '../../world/orders.ts';
import { currentPayment } from '../../world/reading.ts';
import { process, refund, settle } from '../../world/terms.ts';

export const charging: readonly ConformanceCase[] = [
  {
    name: 'a charge that timed out and was declined fails once it is looked up',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await create(world);
      await processed(world, paymentId, 'test_timeout_then_decline');
      assert.equal((await currentPayment(world, paymentId)).status, 'processing');
      await lookedUp(world, paymentId);
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.status, payment.captured, payment.failure?.code], ['failed', 0n, 'card_declined']);
    },
  },
  {
    name: 'a charge of another amount is parked until a person settles it, then what moved is captured',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await create(world, { amount: 500n });
      await processed(world, paymentId, 'test_wrong_amount');
      const parked = await currentPayment(world, paymentId);
      assert.deepEqual([parked.status, needsReview(parked), parked.captured], ['processing', true, 0n]);
      await command(world, paymentId, settle(world, 'completed'));
      const settled = await currentPayment(world, paymentId);
      assert.deepEqual([settled.status, needsReview(settled), settled.captured], ['completed', false, 499n]);
    },
  },
  {
    name: 'what is parked may be settled as failed, and processed anew',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await create(world, { amount: 500n });
      await processed(world, paymentId, 'test_wrong_amount');
      await command(world, paymentId, settle(world, 'failed', { reason: 'undone at the gateway' }));
      assert.equal((await currentPayment(world, paymentId)).status, 'failed');
      await processed(world, paymentId);
      const payment = await currentPayment(world, paymentId);
      assert.deepEqual([payment.status, payment.captured], ['completed', 500n]);
    },
  },
  {
    name: 'an amount or currency stated with a command to process must be the payment’s',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await create(world, { amount: 500n, currency: 'EUR' });
      await refusal(world, paymentId, process(world, 'test_approve', { amount: 501n }), 'amount_mismatch');
      await refusal(world, paymentId, process(world, 'test_approve', { amount: 0n }), 'amount_mismatch');
      await refusal(world, paymentId, process(world, 'test_approve', { currency: 'USD' }), 'currency_mismatch');
      await processed(world, paymentId, 'test_approve', { amount: 500n, currency: 'EUR' });
      assert.equal((await currentPayment(world, paymentId)).status, 'completed');
    },
  },
  {
    name: 'a declined refund gives its reservation back',
    property: 'refund-bound',
    async run(world) {
      const { paymentId } = await captured(world, { amount: 1000n }, 'test_refund_decline_processing_error');
      await refunded(world, paymentId, { amount: 600n });
      const declined = await currentPayment(world, paymentId);
      assert.deepEqual([declined.status, declined.refunded, declined.refunds[0]?.status], ['completed', 0n, 'failed']);
      const again = await command(world, paymentId, refund(world));
      assert.equal(again.payment.refunds[1]?.amount.amount, 1000n);
    },
  },
  {
    name: 'a refund that timed out keeps its reservation until it is looked up',
    property: 'refund-bound',
    async run(world) {
      const { paymentId } = await captured(world, { amount: 1000n }, 'test_refund_timeout_then_approve');
      await refunded(world, paymentId, { amount: 600n });
      const open = await currentPayment(world, paymentId);
      assert.deepEqual([open.status, open.refunded, open.refunds[0]?.status], ['completed', 0n, 'pending']);
      await refusal(world, paymentId, refund(world, { amount: 401n }), 'refund_exceeds_captured');
      await lookedUp(world, paymentId);
      const known = await currentPayment(world, paymentId);
      assert.deepEqual([known.status, known.refunded], ['partially_refunded', 600n]);
    },
  },
  {
    name: 'refunds of nothing, of less than nothing and in another currency are refused',
    property: 'refund-bound',
    async run(world) {
      const { paymentId } = await captured(world, { amount: 1000n, currency: 'EUR' });
      await refusal(world, paymentId, refund(world, { amount: 0n }), 'amount_not_positive');
      await refusal(world, paymentId, refund(world, { amount: -5n }), 'amount_not_positive');
      await refusal(world, paymentId, refund(world, { amount: 5n, currency: 'USD' }), 'currency_mismatch');
      assert.deepEqual((await currentPayment(world, paymentId)).refunds, []);
    },
  },
  {
    name: 'a payment that was settled outside is refunded through the gateway',
    property: 'refund-bound',
    async run(world) {
      const { paymentId } = accepted(await world.execute(settledImport(world, { amount: 800n })));
      await refunded(world, paymentId);
      assert.equal((await currentPayment(world, paymentId)).status, 'refunded');
      await refusal(world, paymentId, refund(world), 'illegal_state');
    },
  },
];
