// How the journal of every database takes appends to streams of any kind.

import assert from 'node:assert/strict';
import type { ExpectedVersion } from '@paystrata/application';
import type { JournalEntry, JournalResult } from '../journal/journal.ts';
import type { SharedJournal } from '../journal/shared-journal.ts';
import { known } from './entries.ts';
import { appending, assertChained, forward, newStream } from './journal-world.ts';
import type { StoreCase } from './store-world.ts';

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
    name: 'knows each of twenty appends to a stream again, alone and in one batch with others',
    async run({ open }) {
      const { journal } = await open();
      const stream = newStream();
      const entries = Array.from({ length: 20 }, () => appending(stream, 'any'));
      for (const entry of entries) assert.equal((await journal.append(entry)).outcome, 'committed');
      for (const [index, entry] of entries.entries()) {
        const duplicate = { outcome: 'duplicate', version: index + 1, position: index + 1 };
        assert.deepEqual(await journal.append(entry), duplicate);
        const other = appending(newStream(), 'noStream');
        const [again, made] = await Promise.all([journal.append(entry), journal.append(other)]);
        assert.deepEqual(again, duplicate);
        assert.equal(made.outcome, 'committed');
      }
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
    name: 'lets the entries of a batch fail apart that are on streams of their own',
    async run({ open }) {
      const { journal } = await open();
      const [known1, known2] = [appending(newStream(), 'any', 2), appending(newStream(), 'noStream')];
      const known3 = appending(newStream(), 'any');
      const [open1, open2, ended, late] = [newStream(), newStream(), newStream(), newStream()];
      await Promise.all([known1, known2, appending(open1, 'any'), known3].map((entry) => journal.append(entry)));
      await journal.tombstone(ended, 'any');
      await journal.setMetadata(open2, '{}', 0);
      const results = await Promise.all(
        [
          known1,
          appending(ended, 'any'),
          appending(open1, 1, 3),
          appending(late, 'streamExists'),
          { ...known2, expected: 9 },
          appending(newStream(), 'noStream', 2),
          appending(known3.stream, 7),
          appending(open2, 0),
        ].map((entry) => journal.append(entry)),
      );
      assert.deepEqual(results, [
        { outcome: 'duplicate', version: 2, position: 2 },
        { outcome: 'ended' },
        { outcome: 'committed', version: 4, position: 8 },
        { outcome: 'wrong_version', actualVersion: 0 },
        { outcome: 'duplicate', version: 1, position: 3 },
        { outcome: 'committed', version: 2, position: 10 },
        { outcome: 'wrong_version', actualVersion: 1 },
        { outcome: 'committed', version: 1, position: 11 },
      ]);
      for (const stream of [open1, open2]) assertChained((await journal.readStream(stream, forward)).events);
      assert.deepEqual(await journal.metadata(open2), { text: '{}', revision: 1 });
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

function race(journals: readonly SharedJournal[], entryOf: () => JournalEntry): Promise<JournalResult[]> {
  const racers = Array.from({ length: RACERS }, (_, index) => known(journals[index % journals.length]));
  return Promise.all(racers.map((journal) => journal.append(entryOf())));
}

function countOutcomes(results: readonly JournalResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
