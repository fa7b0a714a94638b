// Cancelling and deleting: what moved no money may end, its history stays.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { processed } from '../../world/gateway-work.ts';
import { command, create, refusal } from '../../world/orders.ts';
import { currentPayment, history, searchIds } from '../../world/reading.ts';
import { cancel, process, remove } from '../../world/terms.ts';

export const ending: readonly ConformanceCase[] = [
  {
    name: 'a cancelled payment keeps the reason and is not processed any more',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await create(world);
      await command(world, paymentId, cancel(world, { reason: 'ordered twice' }));
      await refusal(world, paymentId, process(world), 'illegal_state');
      assert.equal((await currentPayment(world, paymentId)).status, 'cancelled');
      const last = (await history(world, paymentId)).at(-1);
      assert.deepEqual([last?.type, last?.data], ['PaymentCancelled', { reason: 'ordered twice' }]);
    },
  },
  {
    name: 'a deleted payment is answered as deleted, found by that status only, and keeps its history',
    property: 'life-cycle',
    async run(world) {
      const { paymentId } = await create(world);
      await processed(world, paymentId, 'test_decline_lost_card');
      await command(world, paymentId, remove(world));
      assert.equal((await currentPayment(world, paymentId)).status, 'deleted');
      assert.deepEqual(await searchIds(world), []);
      assert.deepEqual(await searchIds(world, { filter: { statuses: ['deleted'] } }), [paymentId]);
      assert.deepEqual(
        (await history(world, paymentId)).map(({ type }) => type),
        ['PaymentCreated', 'PaymentProcessingStarted', 'PaymentFailed', 'PaymentDeleted'],
      );
    },
  },
];
