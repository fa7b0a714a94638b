// What every store of this package must do, as cases that run on each database.

import assert from 'node:assert/strict';
import type { CommitResult, LogPage, PaymentStore, RecordedEvent } from '@paystrata/application';
import { evolveAll } from '@paystrata/domain';
import { acme, creation, globex, known, newPaymentId, noting } from './entries.ts';
import { everything, outcomes, type StoreCase } from './store-world.ts';

export const storeCases: readonly StoreCase[] = [
  {
    name: 'answers what was committed, also to another process and after a restart',
    async run({ open }) {
      const store = await open();
      const entry = creation();
      assert.deepEqual(await store.commit([entry]), [{ outcome: 'committed', position: 1 }]);
      const expected = { payment: entry.payment, appliedVersion: 1 };
      assert.deepEqual(await store.load(entry, entry.commandId), expected);
      const other = await open();
      assert.deepEqual(await other.load(entry, entry.commandId), expected);
      assert.equal(other.epoch(), store.epoch());
      assert.match(store.epoch(), /^\w{1,64}$/);
      await store.stop();
      await other.stop();
      const again = await open();
      assert.deepEqual(await again.load(entry, entry.commandId), expected);
      assert.deepEqual(withoutPosition((await everything(again)).events), entry.events);
    },
  },
  {
    name: 'knows nothing of a payment of another organization',
    async run({ open }) {
      const store = await open();
      const entry = creation();
      await store.commit([entry]);
      const elsewhere = { organizationId: globex, paymentId: entry.paymentId };
      assert.deepEqual(await store.load(elsewhere, entry.commandId), { payment: null, appliedVersion: null });
      const page = await store.readAll({ direction: 'forward', from: null, limit: 10, ...elsewhere });
      assert.deepEqual(page, { events: [], next: 1, end: true });
    },
  },
  {
    name: 'takes a command once, whatever the version, and says what it came to',
    async run({ open }) {
      const store = await open();
      const created = creation();
      const noted = noting(created.payment, 'one');
      await store.commit([created, noted]);
      const again = { ...creation({ paymentId: created.paymentId }), commandId: created.commandId };
      assert.deepEqual(await store.commit([again, noted]), [
        { outcome: 'duplicate', version: 1, position: 1 },
        { outcome: 'duplicate', version: 2, position: 2 },
      ]);
      assert.equal((await everything(store)).events.length, 2);
      assert.equal((await store.load(created, noted.commandId)).appliedVersion, 2);
    },
  },
  {
    name: 'lets the entries of a batch fail apart, each seeing those before it',
    async run({ open }) {
      const store = await open();
      const [first, second] = [creation(), creation()];
      const noted = noting(first.payment, 'in the same batch');
      const results = await store.commit([first, noted, { ...noting(first.payment, 'late') }, second, first]);
      assert.deepEqual(results, [
        { outcome: 'committed', position: 1 },
        { outcome: 'committed', position: 2 },
        { outcome: 'wrong_version', actualVersion: 2 },
        { outcome: 'committed', position: 3 },
        { outcome: 'duplicate', version: 1, position: 1 },
      ]);
      assert.deepEqual((await store.load(first, null)).payment, noted.payment);
    },
  },
  {
    name: 'has one winner of a race, counted',
    async run({ open }) {
      const stores = [await open(), await open()];
      const paymentId = newPaymentId();
      const creations = await race(stores, 24, () => creation({ paymentId }));
      assert.deepEqual(outcomes(creations), { committed: 1, wrong_version: 23 });
      const { payment } = await known(stores[0]).load({ organizationId: acme, paymentId }, null);
      const notes = await race(stores, 24, (index) => noting(known(payment), `note ${index}`));
      assert.deepEqual(outcomes(notes), { committed: 1, wrong_version: 23 });
    },
  },
  {
    name: 'gives positions without gaps to many writers, and followers miss nothing',
    async run({ open }) {
      const stores = [await open(), await open()];
      const total = 16 * 40;
      const follower = follow(await open(), total);
      const written = await Promise.all(Array.from({ length: 16 }, (_, index) => write(known(stores[index % 2]), 40)));
      const seen = await follower;
      assert.deepEqual(
        seen.map(({ position }) => position),
        Array.from({ length: total }, (_, index) => index + 1),
      );
      const acknowledged = written.flat().sort((a, b) => a.position - b.position);
      assert.deepEqual(
        seen.map(({ eventId, position }) => ({ eventId, position })),
        acknowledged,
      );
    },
  },
  {
    name: 'reads the log in both directions, in pages, by organization and by payment',
    async run({ open }) {
      const store = await open();
      const [a, b] = [creation(), creation({ organizationId: globex })];
      const [a2, a3] = [noting(a.payment, 'x'), noting(noting(a.payment, 'x').payment, 'y')];
      await store.commit([a, b, a2, creation(), a3]);
      const positions = async (request: Parameters<PaymentStore['readAll']>[0]) => {
        const { events, next, end } = await store.readAll(request);
        return [events.map(({ position }) => position), next, end];
      };
      const forward = { direction: 'forward', from: null, limit: 100 } as const;
      const backward = { ...forward, direction: 'backward' } as const;
      assert.deepEqual(await positions(forward), [[1, 2, 3, 4, 5], 5, true]);
      assert.deepEqual(await positions({ ...forward, limit: 2 }), [[1, 2], 2, false]);
      assert.deepEqual(await positions({ ...forward, from: 3, limit: 2 }), [[4, 5], 5, true]);
      assert.deepEqual(await positions({ ...forward, from: 5 }), [[], 5, true]);
      assert.deepEqual(await positions({ ...forward, from: 9 }), [[], 9, true]);
      assert.deepEqual(await positions({ ...backward, limit: 2 }), [[5, 4], 4, false]);
      assert.deepEqual(await positions({ ...backward, from: 4 }), [[3, 2, 1], 1, true]);
      assert.deepEqual(await positions({ ...forward, organizationId: globex }), [[2], 5, true]);
      assert.deepEqual(await positions({ ...forward, organizationId: acme, limit: 2 }), [[1, 3], 3, false]);
      assert.deepEqual(await positions({ ...backward, organizationId: acme, from: 4 }), [[3, 1], 1, true]);
      const stream = { organizationId: acme, paymentId: a.paymentId };
      assert.deepEqual(await positions({ ...forward, ...stream }), [[1, 3, 5], 5, true]);
      assert.deepEqual(await positions({ ...forward, ...stream, from: 1, limit: 1 }), [[3], 3, false]);
      assert.deepEqual(await positions({ ...backward, ...stream, limit: 1 }), [[5], 5, false]);
    },
  },
  {
    name: 'reads an empty log to its end at once',
    async run({ open }) {
      const store = await open();
      for (const direction of ['forward', 'backward'] as const) {
        const page = await store.readAll({ direction, from: null, limit: 5 });
        assert.deepEqual(page, { events: [], next: 0, end: true });
      }
    },
  },
  {
    name: 'refuses every call once it is stopped, and finishes what was in flight',
    async run({ open }) {
      const store = await open();
      const inFlight = store.commit([creation()]);
      await new Promise(setImmediate);
      await store.stop();
      const [result] = await inFlight;
      assert.ok(result?.outcome === 'committed' || result?.outcome === 'failed');
      const stopped = { code: 'STORE_UNAVAILABLE' };
      await assert.rejects(async () => store.load(creation(), null), stopped);
      await assert.rejects(async () => store.commit([creation()]), stopped);
      await assert.rejects(store.readAll({ direction: 'forward', from: null, limit: 1 }), stopped);
    },
  },
];

function withoutPosition(events: readonly RecordedEvent[]) {
  return events.map(({ position: _, ...event }) => event);
}

async function race(
  stores: readonly PaymentStore[],
  racers: number,
  entryOf: (index: number) => ReturnType<typeof creation>,
): Promise<CommitResult[]> {
  const results = await Promise.all(
    Array.from({ length: racers }, async (_, index) => known(stores[index % stores.length]).commit([entryOf(index)])),
  );
  return results.flat();
}

interface Written {
  readonly eventId: string;
  readonly position: number;
}

/** Writes that many events to streams of its own, one after the other. */
async function write(store: PaymentStore, count: number): Promise<Written[]> {
  const written: Written[] = [];
  let entry = creation();
  for (let left = count; left > 0; left--) {
    const [result] = await store.commit([entry]);
    assert.equal(result?.outcome, 'committed');
    written.push({ eventId: known(entry.events[0]).eventId, position: result.position });
    entry = left % 5 === 0 ? creation() : noting(entry.payment, `${left}`);
  }
  return written;
}

/** Reads on until it has seen that many events; fails at once where one comes out of order. */
async function follow(store: PaymentStore, total: number): Promise<RecordedEvent[]> {
  const seen: RecordedEvent[] = [];
  let from: number | null = null;
  while (seen.length < total) {
    const page: LogPage = await store.readAll({ direction: 'forward', from, limit: 64 });
    for (const event of page.events) {
      assert.equal(event.position, seen.length + 1);
      seen.push(event);
    }
    from = page.next;
    await new Promise(setImmediate);
  }
  const streams = Map.groupBy(seen, ({ paymentId }) => paymentId);
  for (const events of streams.values()) assert.equal(evolveAll(null, events)?.version, events.length);
  return seen;
}
