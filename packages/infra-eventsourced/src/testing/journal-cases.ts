// What event stores over a journal must do besides: payments are in the same log, and can be read.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  encodeEvent,
  parseCommandId,
  parseCurrency,
  parsePaymentId,
  type CommitEntry,
  type Keyring,
} from '@paystrata/application';
import { decide, evolveAll, instantOf, money, parseSubjectId } from '@paystrata/domain';
import type { SqlPaymentStore } from '@paystrata/infra-sql';
import { createJournalEventStore } from '../journal/journal-event-store.ts';
import { acme, known, newEvent, noon, streamNamed, type EventStoreWorld } from './event-store-world.ts';

export interface JournalWorld extends EventStoreWorld {
  readonly keyring: Keyring;
  /** A payment store on the log, started; its journal is the same. */
  openPayments(): Promise<SqlPaymentStore>;
}

export interface JournalCase {
  readonly name: string;
  readonly run: (world: JournalWorld) => Promise<void>;
}

/** The entry that creates a payment with personal data. */
function creation(): CommitEntry {
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

export const journalCases: readonly JournalCase[] = [
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
    },
  },
  {
    name: 'opens what is personal in payments for who has the keys, until it is erased',
    async run({ keyring, openPayments }) {
      const payments = await openPayments();
      const store = createJournalEventStore({ journal: () => payments.journal, keyring });
      const entry = creation();
      await payments.commit([entry]);
      const stream = streamNamed(entry.paymentId, 'payment');
      const [created] = (await store.readStream(stream)).events;
      const [given] = entry.events;
      const text = encodeEvent(known(given));
      assert.ok(text.includes('Lovelace') && text.endsWith(`"data":${JSON.stringify(created?.data)}}`));
      await keyring.destroy(acme, entry.payment.subject);
      assert.equal((await store.readStream(stream)).events[0]?.data['personal'], null);
    },
  },
];
