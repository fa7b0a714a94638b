// Histories and timelines: every change in order, with who and why, and in words.

import assert from 'node:assert/strict';
import type { ConformanceCase } from '../../kit/case.ts';
import { captured, processed, refunded } from '../../world/gateway-work.ts';
import { command, create, newPaymentId } from '../../world/orders.ts';
import { currentPayment, history } from '../../world/reading.ts';
import { cancel, update } from '../../world/terms.ts';

export const histories: readonly ConformanceCase[] = [
  {
    name: 'a history is what the receipts said, with ids that are unique and data that is whole',
    property: 'history',
    async run(world) {
      const customer = { name: 'Ada', email: 'ada@example.org' };
      const created = await create(world, { amount: 2n ** 59n, customer, resourceIds: ['vm-1'], reference: 'INV-1' });
      const updated = await command(world, created.paymentId, update(world, { metadata: { 'ключ.a': 'ß' } }));
      const events = await history(world, created.paymentId);
      const told = [...created.events, ...updated.events];
      assert.deepEqual(
        events.map((event) => ({ ...event, position: null })),
        told.map((event) => ({ ...event, position: null })),
      );
      assert.equal(new Set(events.map(({ eventId }) => eventId)).size, 2);
      const [first] = events;
      assert.equal(first?.type === 'PaymentCreated' && first.data.amount.amount, 2n ** 59n);
      assert.deepEqual(
        events.map(({ schemaVersion }) => schemaVersion > 0),
        [true, true],
      );
    },
  },
  {
    name: 'a history begins at any version; that of an unknown payment is empty',
    property: 'history',
    async run(world) {
      const { paymentId } = await captured(world);
      for (const from of [1, 2, 3]) {
        const versions = (await history(world, paymentId, from)).map(({ version }) => version);
        assert.deepEqual(
          versions,
          [1, 2, 3].filter((version) => version >= from),
        );
      }
      assert.deepEqual(await history(world, paymentId, 4), []);
      assert.deepEqual(await history(world, newPaymentId(world)), []);
    },
  },
  {
    name: 'a history of hundreds of events is whole',
    property: 'history',
    async run(world) {
      const { paymentId } = await create(world);
      const size = world.count(400, 60);
      for (let n = 2; n <= size; n++) await command(world, paymentId, update(world, { metadata: { n: String(n) } }));
      const versions = (await history(world, paymentId)).map(({ version }) => version);
      assert.deepEqual(
        versions,
        Array.from({ length: size }, (_, n) => n + 1),
      );
      assert.deepEqual((await currentPayment(world, paymentId)).personal.metadata, { n: String(size) });
    },
  },
  {
    name: 'a timeline tells each event in words, with the time since the one before',
    property: 'timeline',
    async run(world) {
      const start = world.clock.now() - 60_000;
      const facts = { actor: 'key-1', correlationId: 'request-1' };
      const { paymentId } = await create(world, { amount: 12_999n, at: start, reference: 'INV-1' }, facts);
      await command(world, paymentId, cancel(world, { reason: 'ordered twice', at: start + 1500 }));
      const lines = await world.strategy.log.timeline({ type: 'PaymentTimeline', paymentId }, await world.reading());
      assert.deepEqual(
        lines.map(({ type, version, gap, at }) => [type, version, gap, at]),
        [
          ['PaymentCreated', 1, 0, start],
          ['PaymentCancelled', 2, 1500, start + 1500],
        ],
      );
      const [created, cancelled] = lines;
      assert.deepEqual([created?.actor, created?.correlationId, created?.paymentId], ['key-1', 'request-1', paymentId]);
      assert.match(created?.text ?? '', /129\.99 EUR/);
      assert.match(created?.text ?? '', /INV-1/);
      assert.match(cancelled?.text ?? '', /ordered twice/);
    },
  },
  {
    name: 'a timeline has the attempts and refunds of the payment, and is empty for an unknown one',
    property: 'timeline',
    async run(world) {
      const { paymentId } = await create(world, { amount: 500n });
      await processed(world, paymentId, 'test_decline_expired_card');
      await processed(world, paymentId);
      await refunded(world, paymentId, { amount: 200n, reason: 'half was late' });
      const query = { type: 'PaymentTimeline', paymentId } as const;
      const words = (await world.strategy.log.timeline(query, await world.reading())).map(({ text }) => text);
      const expected = [/5\.00/, /a1/, /a1.*expired_card/, /a2/, /a2.*5\.00/, /r1.*2\.00.*half was late/, /r1.*2\.00/];
      assert.equal(words.length, expected.length);
      for (const [index, pattern] of expected.entries()) assert.match(words[index] ?? '', pattern);
      const unknown = { type: 'PaymentTimeline', paymentId: newPaymentId(world) } as const;
      assert.deepEqual(await world.strategy.log.timeline(unknown, await world.reading()), []);
    },
  },
];
