// What holds between a log and the keyring that seals it, in any database.

import assert from 'node:assert/strict';
import { createMemoryKeyring } from '@paystrata/application';
import { acme, creation, erasing } from './entries.ts';
import type { StoreWorld } from './store-world.ts';

export interface ChangingWorld extends StoreWorld {
  /** Sets columns of the table `journal`, past all stores. */
  changeJournal(set: string): Promise<void>;
}

interface LogKeyringCase {
  readonly name: string;
  readonly run: (world: ChangingWorld) => Promise<void>;
}

const refused = { code: 'CONFIG_INVALID', message: /keyring.*PAYSTRATA_KEYRING/s };

export const logKeyringCases: readonly LogKeyringCase[] = [
  {
    name: 'is opened with the keyring it was made with, or a copy of it, and with no other',
    async run({ open, keyring }) {
      const store = await open();
      const entry = creation();
      await store.commit([entry]);
      await assert.rejects(open(createMemoryKeyring()), refused);
      const again = await open({ ...keyring });
      assert.deepEqual((await again.load(entry, null)).payment, entry.payment);
    },
  },
  {
    name: 'takes one of two keyrings where two processes make it at once',
    async run({ open }) {
      const opened = await Promise.allSettled([open(createMemoryKeyring()), open(createMemoryKeyring())]);
      assert.deepEqual(opened.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    },
  },
  {
    name: 'leaves an erasure that was interrupted to who has its keyring',
    async run({ open, keyring }) {
      const crashing = await open({ ...keyring, destroy: () => new Promise(() => undefined) });
      const one = creation();
      await crashing.commit([one]);
      const { id } = await keyring.keyFor(acme, one.payment.subject);
      void crashing.commit([erasing(one.payment)]);
      while ((await crashing.journal.erasures()).length === 0) await new Promise(setImmediate);
      await assert.rejects(open(createMemoryKeyring()), refused);
      assert.notEqual(await keyring.find(acme, one.payment.subject, id), null);
      await open();
      assert.equal(await keyring.find(acme, one.payment.subject, id), null);
    },
  },
  {
    name: 'of an earlier release takes a keyring that has the keys of what is sealed, and no other',
    async run({ open, changeJournal }) {
      const store = await open();
      const [erased, kept] = [creation(), creation()];
      await store.commit([kept, erased]);
      await store.commit([erasing(erased.payment)]);
      // As a release left it that wrote no keyring down.
      await changeJournal('keyring = null');
      await assert.rejects(open(createMemoryKeyring()), { ...refused, message: /lacks the key of payment/ });
      await open();
      await assert.rejects(open(createMemoryKeyring()), { ...refused, message: /is sealed with the keyring/ });
    },
  },
];
