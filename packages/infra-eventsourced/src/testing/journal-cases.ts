// What event stores over a journal must do besides: they open what is sealed.

import assert from 'node:assert/strict';
import { encodeEvent, type Keyring } from '@paystrata/application';
import type { SqlPaymentStore } from '@paystrata/infra-sql';
import { createJournalEventStore } from '../journal/journal-event-store.ts';
import { acme, known, streamNamed, type EventStoreWorld } from './event-store-world.ts';
import { creation } from './payment-cases.ts';

export interface JournalWorld extends EventStoreWorld {
  readonly keyring: Keyring;
  /** A payment store on the log, started; its journal is the same. */
  openPayments(): Promise<SqlPaymentStore>;
}

export interface JournalCase {
  readonly name: string;
  readonly run: (world: JournalWorld) => Promise<void>;
}

export const journalCases: readonly JournalCase[] = [
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
