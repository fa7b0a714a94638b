// How every store of this package keeps and forgets personal data.

import assert from 'node:assert/strict';
import type { LogPage } from '@paystrata/application';
import { evolveAll, parseSubjectId } from '@paystrata/domain';
import { acme, cancelling, creation, erasing, known, noting } from './entries.ts';
import { everything, outcomes, type StoreCase } from './store-world.ts';

export const erasureCases: readonly StoreCase[] = [
  {
    name: 'keeps personal data through changes of it and through commits that do not touch it',
    async run({ open }) {
      const store = await open();
      const created = creation();
      const noted = noting(created.payment, 'mind the gap');
      const cancelled = cancelling(noted.payment);
      const notedAgain = noting(cancelled.payment, '');
      for (const entry of [created, noted, cancelled, notedAgain]) {
        assert.deepEqual(outcomes(await store.commit([entry])), { committed: 1 });
        assert.deepEqual((await store.load(entry, null)).payment, entry.payment);
      }
      assert.deepEqual(evolveAll(null, (await everything(store)).events), notedAgain.payment);
    },
  },
  {
    name: 'forgets the personal data of a subject, in the events and in all of the payments',
    async run({ open, keyring }) {
      const store = await open();
      const subject = known(parseSubjectId('customer-1'));
      const [one, two] = [creation({ subject }), creation({ subject })];
      const other = creation();
      const erased = erasing(one.payment);
      await store.commit([one, two, other]);
      const key = await keyring.keyFor(acme, subject);
      assert.deepEqual(outcomes(await store.commit([erased])), { committed: 1 });
      assert.deepEqual((await store.load(one, null)).payment, erased.payment);
      assert.equal((await store.load(two, null)).payment?.personal.description, null);
      assert.deepEqual((await store.load(other, null)).payment, other.payment);
      assert.deepEqual(descriptions(await everything(store)), [null, null, 'Ada Lovelace, engine time']);
      assert.equal(await keyring.find(acme, subject, key.id), null);
    },
  },
  {
    name: 'brings nothing back with changes that were decided before an erasure, but what they change',
    async run({ open }) {
      const store = await open();
      const subject = known(parseSubjectId('customer-1'));
      const [one, two] = [creation({ subject }), creation({ subject })];
      await store.commit([one, two]);
      assert.deepEqual(outcomes(await store.commit([erasing(one.payment)])), { committed: 1 });
      const noted = noting(two.payment, 'mind the gap');
      const notedAgain = noting(noted.payment, 'mind the doors');
      assert.deepEqual(outcomes(await store.commit([noted, notedAgain])), { committed: 2 });
      const { payment } = await store.load(two, null);
      const { paymentId } = two;
      const { events } = await store.readAll({
        direction: 'forward',
        from: null,
        limit: 10,
        organizationId: acme,
        paymentId,
      });
      assert.deepEqual(payment, evolveAll(null, events));
      assert.deepEqual(Object.values(payment?.personal.metadata ?? {}), ['mind the doors']);
      assert.equal(payment?.personal.customer, null);
      assert.equal(payment.personal.description, null);
    },
  },
  {
    name: 'keeps new personal data of a subject that was erased before, also in the same batch',
    async run({ open }) {
      const store = await open();
      const subject = known(parseSubjectId('customer-1'));
      const [one, two, three] = [creation({ subject }), creation({ subject }), creation({ subject })];
      assert.deepEqual(outcomes(await store.commit([one, erasing(one.payment), two])), { committed: 3 });
      assert.deepEqual(outcomes(await store.commit([three])), { committed: 1 });
      for (const { payment, ...key } of [two, three]) assert.deepEqual((await store.load(key, null)).payment, payment);
      const text = 'Ada Lovelace, engine time';
      assert.deepEqual(descriptions(await everything(store)), [null, text, text]);
    },
  },
  {
    name: 'finishes an erasure that a crash interrupted, before anybody reads',
    async run({ open, keyring }) {
      const crashing = await open({ ...keyring, destroy: () => new Promise(() => undefined) });
      const one = creation();
      await crashing.commit([one]);
      const key = await keyring.keyFor(acme, one.payment.subject);
      void crashing.commit([erasing(one.payment)]);
      const other = await open();
      const stream = { organizationId: acme, paymentId: one.paymentId };
      const erased = async () => (await other.load(stream, null)).payment?.personalErased === true;
      while (!(await erased())) await new Promise(setImmediate);
      assert.deepEqual(descriptions(await everything(other)), [null]);
      assert.equal(await keyring.find(acme, one.payment.subject, key.id), null);
    },
  },
  {
    name: 'destroys no key that was made since, however late an erasure is finished a second time',
    async run({ open, keyring }) {
      const late = Promise.withResolvers<void>();
      const reached = Promise.withResolvers<void>();
      const slow = await open({
        ...keyring,
        destroy: async (...key) => {
          reached.resolve();
          await late.promise;
          await keyring.destroy(...key);
        },
      });
      const subject = known(parseSubjectId('customer-1'));
      const [one, two] = [creation({ subject }), creation({ subject })];
      await slow.commit([one]);
      const erasure = slow.commit([erasing(one.payment)]);
      await reached.promise;
      const other = await open();
      assert.deepEqual(outcomes(await other.commit([two])), { committed: 1 });
      late.resolve();
      assert.deepEqual(outcomes(await erasure), { committed: 1 });
      for (const store of [slow, other]) assert.deepEqual((await store.load(two, null)).payment, two.payment);
      assert.deepEqual(descriptions(await everything(other)), [null, 'Ada Lovelace, engine time']);
    },
  },
  {
    name: 'forgets what came after an erasure by the next one, though the first is finished a second time in between',
    async run({ open, keyring }) {
      const late = Promise.withResolvers<void>();
      const reached = Promise.withResolvers<void>();
      const slow = await open({
        ...keyring,
        current: async (...owner) => {
          const keyId = await keyring.current(...owner);
          reached.resolve();
          await late.promise;
          return keyId;
        },
      });
      const subject = known(parseSubjectId('customer-1'));
      const [one, two] = [creation({ subject }), creation({ subject })];
      await slow.commit([one]);
      const first = slow.commit([erasing(one.payment)]);
      await reached.promise;
      const other = await open();
      await other.commit([two]);
      const key = await keyring.keyFor(acme, subject);
      // The second erasure is recorded, and nobody has said yet which key it destroys, when the first one goes on.
      const crashing = await open({ ...keyring, current: () => new Promise(() => undefined) });
      void crashing.commit([erasing(two.payment)]);
      while ((await crashing.journal.erasures()).length === 0) await new Promise(setImmediate);
      late.resolve();
      assert.deepEqual(outcomes(await first), { committed: 1 });
      assert.deepEqual(descriptions(await everything(other)), [null, null]);
      assert.equal(await keyring.find(acme, subject, key.id), null);
    },
  },
  {
    name: 'seals nothing with a key that is about to be destroyed',
    async run({ open, keyring }) {
      const crashing = await open({ ...keyring, destroy: () => new Promise(() => undefined) });
      const other = await open();
      const subject = known(parseSubjectId('customer-1'));
      const [one, two] = [creation({ subject }), creation({ subject })];
      await crashing.commit([one]);
      void crashing.commit([erasing(one.payment)]);
      // A commit that cannot win shows the version without reading, which would finish the erasure.
      const probe = { ...noting(one.payment, 'never'), expectedVersion: 99 };
      const erased = async () => {
        const [result] = await other.commit([probe]);
        return result?.outcome === 'wrong_version' && result.actualVersion === 2;
      };
      while (!(await erased())) await new Promise(setImmediate);
      assert.deepEqual(outcomes(await other.commit([two])), { committed: 1 });
      assert.deepEqual((await other.load(two, null)).payment, two.payment);
    },
  },
];

function descriptions({ events }: LogPage) {
  return events.flatMap((event) => (event.type === 'PaymentCreated' ? [event.data.personal?.description ?? null] : []));
}
