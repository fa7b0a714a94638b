// The first reads: one payment, a search, a history.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { captured, processed } from '../../world/gateway-work.ts';
import { create, newPaymentId } from '../../world/orders.ts';
import { find, history, search, searchIds } from '../../world/reading.ts';

export const basicReads: readonly ConformanceCase[] = [
  {
    name: 'an unknown payment is null, and so is that of another organization',
    property: 'tenancy',
    async run(world) {
      const neighbour = world.neighbour();
      const { paymentId } = await create(world);
      await create(neighbour);
      assert.equal((await find(world, paymentId))?.payment.id, paymentId);
      assert.equal(await find(neighbour, paymentId), null);
      assert.equal(await find(world, newPaymentId(world)), null);
    },
  },
  {
    name: 'a search pages through all payments by cursor, newest first',
    property: 'paging',
    async run(world) {
      const made = [];
      const start = Date.UTC(2026, 0, 15);
      for (let n = 0; n < 5; n++) made.unshift((await create(world, { createdAt: start + n * 60_000 })).paymentId);
      const first = await search(world, { limit: 2 });
      const second = await search(world, { limit: 2, cursor: first.next });
      const third = await search(world, { limit: 2, cursor: second.next });
      const pages = [first, second, third];
      assert.deepEqual(
        pages.flatMap(({ payments }) => payments.map(({ payment }) => payment.id)),
        made,
      );
      assert.deepEqual(
        pages.map(({ hasMore, next }) => [hasMore, next !== null]),
        [
          [true, true],
          [true, true],
          [false, false],
        ],
      );
      assert.deepEqual(first.total, { value: 5, capped: false });
    },
  },
  {
    name: 'a search finds what matches its status, currency and amount together',
    property: 'search-filters',
    async run(world) {
      const match = await captured(world, { amount: 500n, currency: 'GBP' });
      await captured(world, { amount: 500n, currency: 'EUR' });
      await captured(world, { amount: 501n, currency: 'GBP' });
      await create(world, { amount: 500n, currency: 'GBP' });
      const currencies = [match.payment.amount.currency];
      const filter = { statuses: ['completed'], currencies, minAmount: 400n, maxAmount: 500n } as const;
      assert.deepEqual(await searchIds(world, { filter }), [match.paymentId]);
    },
  },
  {
    name: 'the history shows every change in order, with who did it and why',
    property: 'history',
    async run(world) {
      const facts = { actor: 'key-1', userId: 'user-1', correlationId: 'request-1', metadata: { file: 'a.csv' } };
      const { paymentId } = await create(world, {}, facts);
      await processed(world, paymentId, 'test_approve', {}, { ...facts, correlationId: 'request-2' });
      const events = await history(world, paymentId);
      assert.deepEqual(
        events.map(({ version, type, correlationId }) => [version, type, correlationId]),
        [
          [1, 'PaymentCreated', 'request-1'],
          [2, 'PaymentProcessingStarted', 'request-2'],
          [3, 'PaymentProcessed', 'request-2'],
        ],
      );
      const [first, second, third] = events;
      assert.deepEqual([first?.actor, first?.userId, first?.metadata], ['key-1', 'user-1', { file: 'a.csv' }]);
      assert.equal(third?.causationId, second?.eventId);
      assert.deepEqual(
        (await history(world, paymentId, 3)).map(({ version }) => version),
        [3],
      );
    },
  },
];
