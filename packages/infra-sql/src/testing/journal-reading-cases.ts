// How the journal of every database is read.

import assert from 'node:assert/strict';
import type { SharedJournal } from '../journal/shared-journal.ts';
import { acme, creation, globex } from './entries.ts';
import { appending, assertChained, forward, newStream } from './journal-world.ts';
import { everything, type StoreCase } from './store-world.ts';

export const journalReadingCases: readonly StoreCase[] = [
  {
    name: 'reads a stream by versions, in both directions',
    async run({ open }) {
      const { journal } = await open();
      const stream = newStream();
      await journal.append(appending(newStream(), 'any', 3));
      await journal.append(appending(stream, 'any', 5));
      const versions = async (direction: 'forward' | 'backward', from: number | null, limit: number) => {
        const page = await journal.readStream(stream, { direction, from, limit });
        assert.equal(page.streamVersion, 5);
        return page.events
          .map(({ version, position }) => [version, position - 3])
          .map(([a, b]) => (a === b ? a : null));
      };
      assert.deepEqual(await versions('forward', null, 10), [1, 2, 3, 4, 5]);
      assert.deepEqual(await versions('forward', 2, 2), [2, 3]);
      assert.deepEqual(await versions('forward', 6, 2), []);
      assert.deepEqual(await versions('backward', null, 2), [5, 4]);
      assert.deepEqual(await versions('backward', 3, 10), [3, 2, 1]);
      assert.deepEqual(await journal.readStream(newStream(), forward), { events: [], streamVersion: 0 });
    },
  },
  {
    name: 'reads the log by category and by organization; the payments hold nothing else',
    async run({ open }) {
      const store = await open();
      const { journal } = store;
      await journal.append(appending(newStream('bill'), 'any'));
      await store.commit([creation()]);
      await journal.append(appending(newStream('note'), 'any'));
      await journal.append(appending(newStream('bill', globex), 'any'));
      await store.commit([creation({ organizationId: globex })]);
      const read = async (part: Partial<Parameters<SharedJournal['read']>[0]>) => {
        const page = await journal.read({ direction: 'forward', from: null, limit: 10, ...part });
        assert.equal(page.head, 5);
        return page.events.map(({ position }) => position);
      };
      assert.deepEqual(await read({}), [1, 2, 3, 4, 5]);
      assert.deepEqual(await read({ category: 'payment' }), [2, 5]);
      assert.deepEqual(await read({ category: 'bill' }), [1, 4]);
      assert.deepEqual(await read({ organizationId: acme }), [1, 2, 3]);
      assert.deepEqual(await read({ organizationId: globex, category: 'bill' }), [4]);
      assert.deepEqual(await read({ organizationId: acme, direction: 'backward', from: 3 }), [2, 1]);
      assert.deepEqual(await read({ organizationId: acme, limit: 2 }), [1, 2]);
      const { events, next } = await everything(store);
      assert.deepEqual([...events.map(({ position }) => position), next], [2, 5, 5]);
    },
  },
  {
    name: 'offers a payment with the position of its last event',
    async run({ open }) {
      const store = await open();
      const entry = creation();
      assert.equal(await store.document(entry), null);
      assert.equal(await store.head(), 0);
      await store.commit([creation(), entry]);
      assert.deepEqual(await store.document(entry), { payment: entry.payment, position: 2 });
      await store.journal.append(appending(newStream(), 'any'));
      assert.equal(await store.head(), 3);
    },
  },
  {
    name: 'chains the events of each stream by the hashes of the very bytes that are kept',
    async run({ open }) {
      const { journal } = await open();
      const streams = [newStream(), newStream()];
      const texts = ['{"a":"é € 😀"}', '{"b":"\\u0000 $$"}', `{"c":"${'x'.repeat(9000)}"}`];
      for (const stream of streams) {
        for (const text of texts) await journal.append({ ...appending(stream, 'any'), events: [{ id: null, text }] });
        await journal.append(appending(stream, 'any', 3));
        const { events } = await journal.readStream(stream, forward);
        assert.deepEqual(
          events.slice(0, 3).map(({ text }) => text),
          texts,
        );
        assertChained(events);
      }
    },
  },
];
