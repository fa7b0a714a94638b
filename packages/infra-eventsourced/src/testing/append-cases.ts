// What every event store must do when events are appended.

import assert from 'node:assert/strict';
import { PortFailure, type Appended, type EventStore, type ExpectedVersion } from '@paystrata/application';
import { globex, known, newEvent, newEvents, noon, streamNamed, type EventStoreCase } from './event-store-world.ts';

const wrongVersion = (expected: ExpectedVersion, actual: number) => ({
  code: 'WRONG_EXPECTED_VERSION',
  details: { expected, actual },
});

export const appendCases: readonly EventStoreCase[] = [
  {
    name: 'takes events at the expected version only: a number, noStream, streamExists, any',
    async run({ open }) {
      const store = await open();
      const stream = streamNamed('1');
      const append = (expected: ExpectedVersion) => store.append(stream, [newEvent()], expected);
      await assert.rejects(append('streamExists'), wrongVersion('streamExists', 0));
      await assert.rejects(append(1), wrongVersion(1, 0));
      assert.deepEqual(await append('noStream'), { version: 1, position: 1, replayed: false });
      await assert.rejects(append('noStream'), wrongVersion('noStream', 1));
      await assert.rejects(append(0), wrongVersion(0, 1));
      await assert.rejects(append(2), wrongVersion(2, 1));
      assert.deepEqual(await append(1), { version: 2, position: 2, replayed: false });
      assert.deepEqual(await append('streamExists'), { version: 3, position: 3, replayed: false });
      assert.deepEqual(await append('any'), { version: 4, position: 4, replayed: false });
      const other = streamNamed('2');
      assert.deepEqual(await store.append(other, newEvents(3), 0), { version: 3, position: 7, replayed: false });
      assert.equal(await store.version(stream), 4);
      assert.equal(await store.version(streamNamed('3')), 0);
      assert.equal(await store.head(), 7);
    },
  },
  {
    name: 'hands out what was appended, to other processes too, and nobody can change it',
    async run({ open }) {
      const [store, other] = [await open(), await open()];
      const stream = streamNamed('x/%C3%B6');
      const given = newEvent({
        data: { text: 'ä "quoted"\n\u2028', nested: { list: [1, 2.5, -0.001, null, true] }, '': '' },
        metadata: { source: 'file 1' },
        userId: 'u1',
        causationId: 'c1',
      });
      const expected = { ...structuredClone(given), stream, version: 1, position: 1 };
      await store.append(stream, [given], 'noStream');
      for (const each of [store, other]) {
        const [event] = (await each.readStream(stream)).events;
        assert.deepEqual(event, expected);
        for (const part of [event, event?.data, event?.data['nested'], event?.metadata, event?.stream]) {
          assert.ok(Object.isFrozen(part));
        }
      }
      assert.throws(() => Object.assign(given.data, { text: 'other' }), TypeError);
    },
  },
  {
    name: 'keeps streams of one id apart by category and by organization',
    async run({ open }) {
      const store = await open();
      const streams = [streamNamed('1'), streamNamed('1', 'order'), streamNamed('1', 'order', globex)];
      for (const stream of streams) await store.append(stream, [newEvent()], 'noStream');
      for (const stream of streams) assert.equal((await store.readStream(stream)).events.length, 1);
    },
  },
  {
    name: 'lets one of many win that expect no stream, counted',
    async run({ open }) {
      const stores = [await open(), await open()];
      const stream = streamNamed('race');
      const race = await Promise.allSettled(
        Array.from({ length: 24 }, (_, index) => pick(stores, index).append(stream, newEvents(2), 'noStream')),
      );
      const lost = race.filter((each) => each.status === 'rejected');
      assert.equal(lost.length, 23);
      for (const { reason } of lost)
        assert.ok(reason instanceof PortFailure && reason.code === 'WRONG_EXPECTED_VERSION');
      assert.equal(await pick(stores, 0).version(stream), 2);
    },
  },
  {
    name: 'lets all of many succeed that expect nothing, each of them once and in one piece',
    async run({ open }) {
      const stores = [await open(), await open()];
      const stream = streamNamed('race');
      const pairs = Array.from({ length: 24 }, () => newEvents(2));
      const answers = await Promise.all(pairs.map((pair, index) => pick(stores, index).append(stream, pair, 'any')));
      const { events } = await pick(stores, 0).readStream(stream);
      assert.deepEqual(
        events.map(({ version }) => version),
        numbers(48),
      );
      assert.deepEqual(
        events.map(({ position }) => position),
        numbers(48),
      );
      for (const [index, { version }] of answers.entries()) {
        const ids = events.slice(version - 2, version).map(({ eventId }) => eventId);
        assert.deepEqual(
          ids,
          pairs[index]?.map(({ eventId }) => eventId),
        );
      }
    },
  },
  {
    name: 'answers the same events again with where they are, whatever is expected',
    async run({ open }) {
      const [store, other] = [await open(), await open()];
      const stream = streamNamed('1');
      const [first, second] = [newEvents(3), newEvents(2)];
      await store.append(stream, first, 'noStream');
      await store.append(stream, second, 3);
      const again: readonly ExpectedVersion[] = ['noStream', 'any', 'streamExists', 0, 3, 5, 99];
      for (const expected of again) {
        const answers = [await other.append(stream, first, expected), await store.append(stream, second, expected)];
        const expectedAnswers: Appended[] = [
          { version: 3, position: 3, replayed: true },
          { version: 5, position: 5, replayed: true },
        ];
        assert.deepEqual(answers, expectedAnswers);
      }
      assert.equal(await store.version(stream), 5);
      assert.deepEqual(await store.append(streamNamed('2'), first, 'noStream'), {
        version: 3,
        position: 8,
        replayed: false,
      });
    },
  },
  {
    name: 'knows an event again in a long stream, also when many send it at once',
    async run({ open }) {
      const store = await open();
      const stream = streamNamed('long');
      const events = newEvents(300);
      for (let from = 0; from < 300; from += 50) await store.append(stream, events.slice(from, from + 50), 'any');
      for (const at of [0, 31, 32, 33, 150, 299]) {
        const answer = await store.append(stream, [known(events[at])], 'any');
        assert.deepEqual(answer, { version: at + 1, position: at + 1, replayed: true });
      }
      const late = newEvents(2);
      const answers = await Promise.all(Array.from({ length: 8 }, () => store.append(stream, late, 'any')));
      assert.deepEqual(
        answers.map(({ version }) => version),
        Array.from({ length: 8 }, () => 302),
      );
      assert.equal(answers.filter(({ replayed }) => !replayed).length, 1);
    },
  },
  {
    name: 'refuses an event id that stands in the stream with other contents or other company',
    async run({ open }) {
      const store = await open();
      const stream = streamNamed('1');
      const [a, b, c] = newEvents(3);
      const events = [known(a), known(b)];
      await store.append(stream, events, 'noStream');
      const reused = { code: 'EVENT_ID_REUSED' };
      await assert.rejects(store.append(stream, [known(b), known(c)], 'any'), reused);
      await assert.rejects(store.append(stream, [known(c), known(a)], 2), reused);
      await assert.rejects(store.append(stream, events.toReversed(), 'any'), reused);
      await assert.rejects(store.append(stream, [{ ...known(a), data: { line: 7 } }], 'any'), reused);
      await assert.rejects(store.append(stream, [{ ...known(a), type: 'Other' }], 'any'), reused);
      await assert.rejects(store.append(stream, [{ ...known(a), metadata: { a: '1' } }], 'any'), reused);
      assert.equal(await store.version(stream), 2);
      assert.deepEqual(await store.append(stream, [known(c)], 2), { version: 3, position: 3, replayed: false });
    },
  },
  {
    name: 'refuses what is no event, no stream or a payment',
    async run({ open }) {
      const store = await open();
      const wrong = async (changes: object) => {
        const event = { ...newEvent(), ...changes };
        await assert.rejects(store.append(streamNamed('1'), [event], 'any'), { code: 'INVALID_MESSAGE' });
      };
      await wrong({ eventId: '1' });
      await wrong({ type: '' });
      await wrong({ schemaVersion: 0 });
      await wrong({ timestamp: 0.5 });
      await wrong({ metadata: { a: 1 } });
      await wrong({ data: { at: new Date(noon) } });
      await wrong({ data: { amount: 1n } });
      await wrong({ data: { list: [undefined] } });
      await wrong({ data: { number: Number.NaN } });
      await wrong({ data: [] });
      const invalid = { code: 'INVALID_MESSAGE' };
      const twice = newEvent();
      await assert.rejects(store.append(streamNamed('1'), [], 'any'), invalid);
      await assert.rejects(store.append(streamNamed('1'), [twice, twice], 'any'), invalid);
      await assert.rejects(store.append(streamNamed(''), [newEvent()], 'any'), invalid);
      await assert.rejects(store.append(streamNamed('a b'), [newEvent()], 'any'), invalid);
      await assert.rejects(store.append(streamNamed('1', 'Invoice'), [newEvent()], 'any'), invalid);
      await assert.rejects(store.append(streamNamed('1', 'payment'), [newEvent()], 'any'), { code: 'FORBIDDEN' });
      await assert.rejects(store.tombstone(streamNamed('1', 'payment'), 'any'), { code: 'FORBIDDEN' });
      assert.equal(await store.head(), 0);
    },
  },
  {
    name: 'ends a stream for ever',
    async run({ open }) {
      const [store, other] = [await open(), await open()];
      const stream = streamNamed('1');
      const events = newEvents(2);
      await store.append(stream, events, 'noStream');
      await assert.rejects(store.tombstone(stream, 1), wrongVersion(1, 2));
      await store.tombstone(stream, 2);
      await store.tombstone(stream, 'noStream');
      for (const expected of ['any', 'streamExists', 2] as const) {
        await assert.rejects(other.append(stream, [newEvent()], expected), { code: 'STREAM_ENDED' });
      }
      assert.deepEqual(await other.append(stream, events, 'any'), { version: 2, position: 2, replayed: true });
      assert.equal((await other.readStream(stream)).events.length, 2);
    },
  },
  {
    name: 'keeps what an operator says of a stream, at the revision that was read',
    async run({ open }) {
      const [store, other] = [await open(), await open()];
      const stream = streamNamed('1');
      const unset = { metadata: { labels: {} }, revision: 0 };
      assert.deepEqual(await store.metadata(stream), unset);
      const metadata = { labels: { team: 'billing' } };
      await store.setMetadata(stream, metadata, 0);
      assert.deepEqual(await other.metadata(stream), { metadata, revision: 1 });
      const lost = store.setMetadata(stream, unset.metadata, 0);
      await assert.rejects(lost, { code: 'WRONG_EXPECTED_VERSION', details: { expected: 0, actual: 1 } });
      await other.setMetadata(stream, unset.metadata, 1);
      assert.deepEqual(await store.metadata(stream), { ...unset, revision: 2 });
      assert.deepEqual(await store.append(stream, [newEvent()], 'noStream'), {
        version: 1,
        position: 1,
        replayed: false,
      });
    },
  },
];

function pick(stores: readonly EventStore[], index: number): EventStore {
  return known(stores[index % stores.length]);
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
