// The feed: thirty-two writers in four processes whose transactions stay open for a while and partly fail, and readers
// who follow. None may miss an event, or see a gap, or see a stream out of order; also not after dump and restore.
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@paystrata/application';
import {
  copyRows,
  figure,
  openTransaction,
  proofTimeoutMs,
  prove,
  startHoldingProxy,
  startPostgres,
} from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { collect } from './testing/acknowledgements.ts';
import type { FeedOptions } from './testing/feed-program.ts';
import { LogCheck } from './testing/log-check.ts';
import { makePlace, type Place } from './testing/place.ts';
import { followBySubscription } from './testing/subscribed.ts';
import { startProgram, type Program } from './testing/program.ts';
import { generator } from './testing/random.ts';

const part = 'feed';
const property = 'a feed misses nothing and keeps the order of streams';
const EVENTS = figure(600, 100_000);
const PROCESSES = figure(2, 4);
/** A held transaction holds up all others: a hundred thousand events in small ones would mostly be waiting. */
const BATCH = figure(6, 48);
const actor = 'writer-of-the-feed';
const held = { oneOf: figure(8, 4), maxMs: figure(100, 500), rolledBackOneOf: 10 };

function startWriters(
  place: Place,
  events: number,
  inProgram: FeedOptions['held'],
  processes = PROCESSES,
): readonly Program[] {
  return Array.from({ length: processes }, (_, seed) => {
    const options: FeedOptions = {
      place,
      lanes: 8,
      events: Math.ceil(events / processes),
      batch: BATCH,
      seed,
      actor,
      held: inProgram,
    };
    return startProgram(fileURLToPath(import.meta.resolve('./testing/feed-program.ts')), options);
  });
}

/** Follows the writers with readers of their own until all are done; answers what was acknowledged. */
async function follow(place: Place, writers: readonly Program[]) {
  const readers: LogCheck[] = [];
  while (readers.length < 3) readers.push(await LogCheck.open(place));
  const subscribed = await followBySubscription(place);
  let writing = true;
  const reading = readers.map(async (reader) => {
    while (writing) {
      await reader.readOn();
      await systemClock.sleep(5);
    }
    await reader.readOn();
  });
  const ended = Promise.all(writers.map((writer) => writer.ended())).finally(() => (writing = false));
  await Promise.all([ended, ...reading]);
  const acknowledged = new Map<string, number>();
  for (const writer of writers) collect(writer, acknowledged);
  await subscribed.until(acknowledged.size);
  for (const reader of readers) {
    reader.assertKept(acknowledged);
    // Nothing is there that was rolled back: every event of these writers was acknowledged in the end.
    expect(reader.events).toBe(acknowledged.size);
    await reader.stop();
  }
  return acknowledged;
}

/** A log that was restored has the same events, and goes on where it ended. */
async function assertRestored(place: Place, acknowledged: ReadonlyMap<string, number>): Promise<void> {
  const reader = await LogCheck.open(place);
  await reader.readOn();
  reader.assertKept(acknowledged);
  expect(reader.events).toBe(acknowledged.size);
  const writers = startWriters(place, 40, null, 1);
  for (const writer of writers) await writer.ended();
  await reader.readOn();
  expect(reader.events).toBeGreaterThan(acknowledged.size);
  await reader.stop();
}

it(
  'on SQLite',
  async () => {
    await prove({ part, property, store: 'SQLite' }, async () => {
      const [{ place, remove }, copy] = [makePlace(), makePlace()];
      const writers = startWriters(place, EVENTS, held);
      const acknowledged = await follow(place, writers);
      const ends = writers.map(({ lines }) => (lines.at(-1) ?? '').split(' ').map(Number));
      const [commits, rolledBack] = [1, 2].map((at) => ends.reduce((sum, end) => sum + (end[at] ?? 0), 0));
      if (place.store.kind === 'sqlite' && copy.place.store.kind === 'sqlite') {
        const database = new DatabaseSync(place.store.path);
        database.exec(`vacuum into '${copy.place.store.path}'`);
        database.close();
      }
      await assertRestored({ ...copy.place, keyringPath: place.keyringPath }, acknowledged);
      remove();
      copy.remove();
      expect(rolledBack).toBeGreaterThan(0);
      return `${PROCESSES * 8} writers in ${PROCESSES} processes, ${acknowledged.size} events in ${commits} transactions, one of ${held.oneOf} held open 0–${held.maxMs} ms, ${rolledBack} rolled back; 3 readers and a subscription that changes hands: none missed, none out of order, no gap; the same after dump and restore`;
    });
  },
  proofTimeoutMs,
);

it(
  'on PostgreSQL, also with a writer of another database open',
  async () => {
    await using server = await startPostgres();
    const url = await server.createDatabase();
    const release = await openTransaction(await server.createDatabase());
    const random = generator(7);
    const proxy = await startHoldingProxy(url, {
      trigger: actor,
      plan: () => ({
        holdMs: random(held.oneOf) === 0 ? random(held.maxMs + 1) : 0,
        end: random(held.rolledBackOneOf) === 0 ? 'rollback' : 'commit',
      }),
    });
    await prove({ part, property, store: 'PostgreSQL' }, async () => {
      const { place, remove } = makePlace(url);
      const through: Place = { ...place, store: { kind: 'postgres', url: proxy.url, poolSize: 8 } };
      // The tables are there before anything is held.
      await (await LogCheck.open(place)).stop();
      const acknowledged = await follow(place, startWriters(through, EVENTS, null));
      const restoredUrl = await server.createDatabase();
      const restored: Place = { ...place, store: { kind: 'postgres', url: restoredUrl, poolSize: 8 } };
      await (await LogCheck.open(restored)).stop();
      await copyRows(url, restoredUrl);
      await assertRestored(restored, acknowledged);
      remove();
      const { commit, rollback } = proxy.counts;
      expect(rollback).toBeGreaterThan(0);
      return `${PROCESSES * 8} writers in ${PROCESSES} processes, ${acknowledged.size} events in ${commit + rollback} transactions, one of ${held.oneOf} held open 0–${held.maxMs} ms, ${rollback} rolled back and cut off, a writer of another database open all the time; 3 readers and a subscription that changes hands: none missed, none out of order, no gap; the same after dump and restore`;
    });
    await proxy.stop();
    await release();
  },
  proofTimeoutMs,
);
