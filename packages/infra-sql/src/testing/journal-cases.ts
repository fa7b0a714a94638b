// What the journal of every database must do for streams of any kind.

import assert from 'node:assert/strict';
import { hash, randomUUID } from 'node:crypto';
import type { ExpectedVersion, StreamName } from '@paystrata/application';
import type { JournalEntry, JournalEvent, JournalResult } from '../journal/journal.ts';
import type { SharedJournal } from '../journal/shared-journal.ts';
import { acme, creation, globex, known } from './entries.ts';
import { everything, type StoreCase } from './store-world.ts';

const RACERS = 50;

export const journalCases: readonly StoreCase[] = [
  {
    name: 'holds a writer to the version that it expects, of all four kinds',
    async run({ open }) {
      const { journal } = await open();
      const stream = newStream();
      const append = (expected: ExpectedVersion) => journal.append(appending(stream, expected));
      assert.deepEqual(await append('streamExists'), { outcome: 'wrong_version', actualVersion: 0 });
      assert.deepEqual(await append(1), { outcome: 'wrong_version', actualVersion: 0 });
      assert.deepEqual(await append('noStream'), { outcome: 'committed', version: 1, position: 1 });
      assert.deepEqual(await append('noStream'), { outcome: 'wrong_version', actualVersion: 1 });
      assert.deepEqual(await append(0), { outcome: 'wrong_version', actualVersion: 1 });
      assert.deepEqual(await append(1), { outcome: 'committed', version: 2, position: 2 });
      assert.deepEqual(await append('streamExists'), { outcome: 'committed', version: 3, position: 3 });
      assert.deepEqual(await append('any'), { outcome: 'committed', version: 4, position: 4 });
      const other = appending(newStream(), 'any');
      assert.deepEqual(await journal.append(other), { outcome: 'committed', version: 1, position: 5 });
    },
  },
  {
    name: 'has one winner of fifty that race for a stream that is not there',
    async run({ open }) {
      const journals = [(await open()).journal, (await open()).journal];
      const stream = newStream();
      const results = await race(journals, () => appending(stream, 'noStream'));
      assert.deepEqual(countOutcomes(results), { committed: 1, wrong_version: RACERS - 1 });
      assert.equal((await known(journals[0]).readStream(stream, forward)).streamVersion, 1);
    },
  },
  {
    name: 'lets all of fifty append that race and expect nothing',
    async run({ open }) {
      const journals = [(await open()).journal, (await open()).journal];
      const stream = newStream();
      const results = await race(journals, () => appending(stream, 'any', 2));
      assert.deepEqual(countOutcomes(results), { committed: RACERS });
      const { events, streamVersion } = await known(journals[1]).readStream(stream, forward);
      assert.equal(streamVersion, RACERS * 2);
      assertChained(events);
    },
  },
  {
    name: 'knows an append again by any of its ids, whatever is expected, and after the stream was ended',
    async run({ open }) {
      const { journal } = await open();
      const entry = appending(newStream(), 'noStream', 3);
      const [first, second] = entry.events;
      assert.equal((await journal.append(entry)).outcome, 'committed');
      const duplicate = { outcome: 'duplicate', version: 3, position: 3 };
      assert.deepEqual(await journal.append(entry), duplicate);
      assert.deepEqual(await journal.append({ ...entry, expected: 7 }), duplicate);
      const mixed = { ...entry, events: [known(second), ...appending(entry.stream, 'any').events, known(first)] };
      assert.deepEqual(await journal.append(mixed), { outcome: 'duplicate', version: 2, position: 2 });
      assert.equal(await journal.tombstone(entry.stream, 3), null);
      assert.deepEqual(await journal.append(entry), duplicate);
      const elsewhere = { ...entry, stream: newStream() };
      assert.deepEqual(await journal.append(elsewhere), { outcome: 'committed', version: 3, position: 6 });
      assert.equal(await journal.head(), 6);
    },
  },
  {
    name: 'ends a stream for ever, once, and one that has no event too',
    async run({ open }) {
      const { journal } = await open();
      const stream = newStream();
      await journal.append(appending(stream, 'noStream', 2));
      assert.equal(await journal.tombstone(stream, 1), 2);
      assert.equal((await journal.append(appending(stream, 'any'))).outcome, 'committed');
      assert.equal(await journal.tombstone(stream, 'streamExists'), null);
      assert.equal(await journal.tombstone(stream, 99), null);
      assert.deepEqual(await journal.append(appending(stream, 'any')), { outcome: 'ended' });
      assert.equal((await journal.readStream(stream, forward)).events.length, 3);
      const never = newStream();
      assert.equal(await journal.tombstone(never, 'noStream'), null);
      assert.deepEqual(await journal.append(appending(never, 'noStream')), { outcome: 'ended' });
      assert.deepEqual(await journal.readStream(never, forward), { events: [], streamVersion: 0 });
    },
  },
  {
    name: 'sets the metadata of a stream for whoever has seen the last ones',
    async run({ open }) {
      const [one, other] = [(await open()).journal, (await open()).journal];
      const stream = newStream();
      assert.deepEqual(await one.metadata(stream), { text: null, revision: 0 });
      assert.equal(await one.setMetadata(stream, '{"a":"$1 \' \\\\"}', 0), null);
      assert.equal(await other.setMetadata(stream, '{"b":2}', 0), 1);
      assert.deepEqual(await other.metadata(stream), { text: '{"a":"$1 \' \\\\"}', revision: 1 });
      assert.deepEqual(await one.append(appending(stream, 'noStream')), {
        outcome: 'committed',
        version: 1,
        position: 1,
      });
      assert.equal(await other.setMetadata(stream, '{"b":2}', 1), null);
      assert.deepEqual(await one.metadata(stream), { text: '{"b":2}', revision: 2 });
      assert.equal((await one.readStream(stream, forward)).streamVersion, 1);
    },
  },
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
  {
    name: 'commits many entries of one batch in their order, on streams of their own and on the same ones',
    async run({ open }) {
      const { journal } = await open();
      const shared = newStream();
      const entries = Array.from({ length: 120 }, (_, n) =>
        appending(n % 4 === 3 ? shared : newStream(), 'any', 1 + (n % 3)),
      );
      const results = await Promise.all(entries.map((entry) => journal.append(entry)));
      let head = 0;
      for (const [index, result] of results.entries()) {
        head += known(entries[index]).events.length;
        assert.equal(result.outcome === 'committed' ? result.position : null, head);
      }
      const { events } = await journal.read({ direction: 'forward', from: null, limit: 1000 });
      assert.deepEqual(
        events.map(({ text }) => text),
        entries.flatMap((entry) => entry.events.map(({ text }) => text)),
      );
      assertChained((await journal.readStream(shared, { ...forward, limit: 1000 })).events);
    },
  },
];

const forward = { direction: 'forward', from: null, limit: 100 } as const;

function newStream(category = 'bill', organizationId = acme): StreamName {
  return { organizationId, category, id: randomUUID() };
}

/** So many new events without a document. */
function appending(stream: StreamName, expected: ExpectedVersion, count = 1): JournalEntry {
  const events = Array.from({ length: count }, () => {
    const id = randomUUID();
    return { id, text: JSON.stringify({ id }) };
  });
  return { stream, expected, events, document: null, erased: null };
}

function race(journals: readonly SharedJournal[], entryOf: () => JournalEntry): Promise<JournalResult[]> {
  const racers = Array.from({ length: RACERS }, (_, index) => known(journals[index % journals.length]));
  return Promise.all(racers.map((journal) => journal.append(entryOf())));
}

function countOutcomes(results: readonly JournalResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

function assertChained(events: readonly JournalEvent[]): void {
  let chain: Uint8Array = Buffer.alloc(32);
  for (const [index, event] of events.entries()) {
    assert.equal(event.version, index + 1);
    chain = hash('sha256', Buffer.concat([chain, Buffer.from(known(event.text))]), 'buffer');
    assert.ok(Buffer.from(event.chain).equals(chain), `the chain at version ${event.version}`);
  }
}
