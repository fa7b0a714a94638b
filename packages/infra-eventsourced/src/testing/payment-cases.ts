// What every event store of the strategy must do besides: payments are in the same log, and can be read.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  instantOf,
  parseCommandId,
  parseCurrency,
  parsePaymentId,
  type CommitEntry,
  type PaymentStore,
  type StreamEventFilter,
} from '@paystrata/application';
import { decide, evolveAll, money, parseSubjectId } from '@paystrata/domain';
import { acme, globex, known, newEvent, noon, streamNamed, type EventStoreWorld } from './event-store-world.ts';

export interface PaymentWorld extends EventStoreWorld {
  /** A payment store on the log, started. */
  openPayments(): Promise<PaymentStore>;
}

interface PaymentCase {
  readonly name: string;
  readonly run: (world: PaymentWorld) => Promise<void>;
}

/** The entry that creates a payment with personal data. */
export function creation(): CommitEntry {
  const paymentId = known(parsePaymentId(randomUUID()));
  const commandId = known(parseCommandId(randomUUID()));
  const decision = decide(
    {
      type: 'CreatePayment',
      now: instantOf(noon),
      paymentId,
      organizationId: acme,
      amount: money(12_999n, known(parseCurrency('EUR'))),
      maxAmount: 10n ** 12n,
      reference: null,
      userId: null,
      workflowId: null,
      resourceIds: [],
      subject: known(parseSubjectId(paymentId)),
      personal: { customer: null, description: 'Ada Lovelace, engine time', metadata: {} },
      createdAt: null,
    },
    null,
  );
  assert.ok(decision.accepted);
  const envelope = {
    ...{ organizationId: acme, paymentId, commandId, schemaVersion: 1, actor: 'test', userId: null },
    ...{ correlationId: 'test', causationId: null, metadata: {} },
  };
  const events = decision.events.map((event, index) => ({
    ...event,
    ...envelope,
    eventId: randomUUID(),
    version: index + 1,
  }));
  const payment = known(evolveAll(null, events));
  return { organizationId: acme, paymentId, commandId, expectedVersion: 0, events, payment };
}

export const paymentCases: readonly PaymentCase[] = [
  {
    name: 'shows payments in one order with all else, what is personal in them sealed',
    async run({ open, openPayments }) {
      const [store, payments] = [await open(), await openPayments()];
      const entry = creation();
      await store.append(streamNamed('1'), [newEvent()], 'noStream');
      await payments.commit([entry]);
      await store.append(streamNamed('1'), [newEvent()], 1);
      const { events } = await store.readAll({ direction: 'forward', from: null, limit: 10 });
      assert.deepEqual(
        events.map(({ position, stream }) => [position, stream.category]),
        [
          [1, 'invoice'],
          [2, 'payment'],
          [3, 'invoice'],
        ],
      );
      const stream = streamNamed(entry.paymentId, 'payment');
      const [created] = (await store.readStream(stream)).events;
      assert.deepEqual(created?.stream, stream);
      assert.equal(created?.eventId, entry.events[0]?.eventId);
      assert.deepEqual(created?.data['amount'], { amount: '12999', currency: 'EUR' });
      assert.equal(typeof created?.data['personal'], 'string');
      assert.ok(!JSON.stringify(events).includes('Lovelace'));
      const criteria = [
        { path: 'amount.amount', operator: 'gt', value: '9999' },
        { path: 'createdAt', operator: 'lte', value: new Date(noon).toISOString() },
      ] as const;
      const found = await store.readAll({ direction: 'forward', from: null, limit: 10, filter: { criteria } });
      assert.deepEqual(
        found.events.map(({ position }) => position),
        [2],
      );
      assert.equal(await store.version(stream), 1);
      assert.equal(await store.head(), 3);
      assert.ok(Object.isFrozen(created?.data) && Object.isFrozen(created?.stream));
    },
  },
  {
    name: 'finds payments by category, type, organization, correlation and time, in both directions',
    async run({ open, openPayments }) {
      const [store, payments] = [await open(), await openPayments()];
      await store.append(streamNamed('1'), [newEvent({ correlationId: 'test' })], 'noStream');
      await payments.commit([creation(), creation()]);
      await store.append(streamNamed('1'), [newEvent()], 'any');
      const found = async (filter: StreamEventFilter, direction: 'forward' | 'backward' = 'forward') => {
        const { events } = await store.readAll({ direction, from: null, limit: 10, filter });
        return events.map(({ position }) => position);
      };
      assert.deepEqual(await found({}, 'backward'), [4, 3, 2, 1]);
      assert.deepEqual(await found({ category: 'payment' }), [2, 3]);
      assert.deepEqual(await found({ category: 'payment' }, 'backward'), [3, 2]);
      assert.deepEqual(await found({ category: 'invoice' }), [1, 4]);
      assert.deepEqual(await found({ types: ['PaymentCreated'] }), [2, 3]);
      assert.deepEqual(await found({ types: ['LineAdded'] }), [1, 4]);
      assert.deepEqual(await found({ organizationId: acme }), [1, 2, 3, 4]);
      assert.deepEqual(await found({ organizationId: globex }), []);
      assert.deepEqual(await found({ correlationId: 'test' }), [1, 2, 3]);
      assert.deepEqual(await found({ from: instantOf(noon + 1) }), []);
      assert.deepEqual(await found({ from: instantOf(noon), to: instantOf(noon + 1) }), [1, 2, 3, 4]);
    },
  },
  {
    name: 'lets nobody write the stream of a payment',
    async run({ open, openPayments }) {
      const [store, payments] = [await open(), await openPayments()];
      const entry = creation();
      await payments.commit([entry]);
      const stream = streamNamed(entry.paymentId, 'payment');
      await store.setMetadata(stream, { labels: { seen: 'yes' } }, 0);
      assert.deepEqual((await store.metadata(stream)).metadata.labels, { seen: 'yes' });
      await assert.rejects(store.append(stream, [newEvent()], 'any'), { code: 'FORBIDDEN' });
      await assert.rejects(store.tombstone(stream, 'any'), { code: 'FORBIDDEN' });
      assert.equal((await store.readStream(stream)).streamVersion, 1);
      assert.deepEqual((await store.readStream(streamNamed('none', 'payment'))).events, []);
    },
  },
];
