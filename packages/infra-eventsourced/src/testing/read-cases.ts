// What every event store must answer when it is read.

import assert from 'node:assert/strict';
import { instantOf, type Criterion, type EventStore, type ReadAllRequest } from '@paystrata/application';
import { acme, globex, newEvent, newEvents, noon, streamNamed, type EventStoreCase } from './event-store-world.ts';

type Answer = readonly [readonly number[], number, boolean];

async function positions(store: EventStore, request: Partial<ReadAllRequest>): Promise<Answer> {
  const page = await store.readAll({ direction: 'forward', from: null, limit: 100, ...request });
  return [page.events.map(({ position }) => position), page.next, page.end];
}

async function versions(store: EventStore, id: string, options: Parameters<EventStore['readStream']>[1]) {
  const { events, streamVersion, end } = await store.readStream(streamNamed(id), options);
  return [events.map(({ version }) => version), streamVersion, end];
}

export const readCases: readonly EventStoreCase[] = [
  {
    name: 'reads a stream in both directions, from any version, in pages',
    async run({ open }) {
      const store = await open();
      await store.append(streamNamed('other'), newEvents(2), 'noStream');
      await store.append(streamNamed('1'), newEvents(3), 'noStream');
      await store.append(streamNamed('other'), newEvents(1), 2);
      await store.append(streamNamed('1'), newEvents(2), 3);
      assert.deepEqual(await versions(store, '1', undefined), [[1, 2, 3, 4, 5], 5, true]);
      assert.deepEqual(await versions(store, '1', { limit: 2 }), [[1, 2], 5, false]);
      assert.deepEqual(await versions(store, '1', { from: 4 }), [[4, 5], 5, true]);
      assert.deepEqual(await versions(store, '1', { from: 4, limit: 2 }), [[4, 5], 5, true]);
      assert.deepEqual(await versions(store, '1', { from: 6 }), [[], 5, true]);
      const direction = 'backward';
      assert.deepEqual(await versions(store, '1', { direction }), [[5, 4, 3, 2, 1], 5, true]);
      assert.deepEqual(await versions(store, '1', { direction, limit: 2 }), [[5, 4], 5, false]);
      assert.deepEqual(await versions(store, '1', { direction, from: 3 }), [[3, 2, 1], 5, true]);
      assert.deepEqual(await versions(store, '1', { direction, from: 9, limit: 1 }), [[5], 5, false]);
      assert.deepEqual(await versions(store, 'none', undefined), [[], 0, true]);
      assert.deepEqual(await versions(store, 'none', { direction }), [[], 0, true]);
    },
  },
  {
    name: 'reads the log in both directions, from any position, in pages',
    async run({ open }) {
      const store = await open();
      assert.deepEqual(await positions(store, {}), [[], 0, true]);
      assert.deepEqual(await positions(store, { direction: 'backward' }), [[], 0, true]);
      for (const id of ['1', '2', '1', '3', '2']) await store.append(streamNamed(id), [newEvent()], 'any');
      assert.deepEqual(await positions(store, {}), [[1, 2, 3, 4, 5], 5, true]);
      assert.deepEqual(await positions(store, { limit: 2 }), [[1, 2], 2, false]);
      assert.deepEqual(await positions(store, { from: 3, limit: 2 }), [[4, 5], 5, true]);
      assert.deepEqual(await positions(store, { from: 5 }), [[], 5, true]);
      assert.deepEqual(await positions(store, { from: 9 }), [[], 9, true]);
      assert.deepEqual(await positions(store, { direction: 'backward' }), [[5, 4, 3, 2, 1], 1, true]);
      assert.deepEqual(await positions(store, { direction: 'backward', limit: 2 }), [[5, 4], 4, false]);
      assert.deepEqual(await positions(store, { direction: 'backward', from: 3 }), [[2, 1], 1, true]);
      await assert.rejects(store.readAll({ direction: 'forward', from: null, limit: 0 }), { code: 'INVALID_MESSAGE' });
    },
  },
  {
    name: 'reads by organization, category, type, correlation and time, together and in pages',
    async run({ open }) {
      const store = await open();
      const at = (minutes: number) => instantOf(noon + minutes * 60_000);
      const append = (id: string, category: string, organizationId: typeof acme, changes: object) =>
        store.append(streamNamed(id, category, organizationId), [newEvent(changes)], 'any');
      await append('1', 'invoice', acme, { type: 'Opened', correlationId: 'a', timestamp: at(0) });
      await append('1', 'invoice', acme, { type: 'Closed', correlationId: 'b', timestamp: at(1) });
      await append('1', 'order', acme, { type: 'Opened', correlationId: 'b', timestamp: at(2) });
      await append('1', 'invoice', globex, { type: 'Opened', correlationId: 'a', timestamp: at(3) });
      await append('2', 'invoice', acme, { type: 'Opened', correlationId: 'a', timestamp: at(4) });
      const found = async (filter: ReadAllRequest['filter'], request: Partial<ReadAllRequest> = {}) =>
        positions(store, { ...request, ...(filter === undefined ? {} : { filter }) });
      assert.deepEqual(await found({}), [[1, 2, 3, 4, 5], 5, true]);
      assert.deepEqual(await found({ organizationId: acme }), [[1, 2, 3, 5], 5, true]);
      assert.deepEqual(await found({ category: 'order' }), [[3], 5, true]);
      assert.deepEqual(await found({ types: ['Closed', 'Other'] }), [[2], 5, true]);
      assert.deepEqual(await found({ types: [] }), [[], 5, true]);
      assert.deepEqual(await found({ correlationId: 'a' }), [[1, 4, 5], 5, true]);
      assert.deepEqual(await found({ from: at(1), to: at(4) }), [[2, 3, 4], 5, true]);
      assert.deepEqual(await found({ organizationId: acme, category: 'invoice', types: ['Opened'] }), [
        [1, 5],
        5,
        true,
      ]);
      const backward = { direction: 'backward' } as const;
      assert.deepEqual(await found({ correlationId: 'a' }, backward), [[5, 4, 1], 1, true]);
      assert.deepEqual((await found({ correlationId: 'a' }, { limit: 1 }))[0], [1]);
      const [, next] = await found({ correlationId: 'a' }, { limit: 1 });
      assert.deepEqual((await found({ correlationId: 'a' }, { from: next }))[0], [4, 5]);
      const [first, before, end] = await found({ correlationId: 'a' }, { ...backward, limit: 2 });
      assert.deepEqual([first, end], [[5, 4], false]);
      assert.deepEqual(await found({ correlationId: 'a' }, { ...backward, from: before }), [[1], 1, true]);
    },
  },
  {
    name: 'reads by what is in the data: amounts as numbers, all else as what it is',
    async run({ open }) {
      const store = await open();
      const data = [
        { price: { amount: '9', currency: 'EUR' }, account: '0009', createdAt: 5, paid: true, tags: ['new'] },
        { price: { amount: '10', currency: 'EUR' }, account: '0010', createdAt: 40, paid: false, tags: ['old', 'new'] },
        { price: { amount: '9007199254740993', currency: 'JPY' }, account: '9', createdAt: 300 },
        { price: { amount: '11', currency: 'shells' }, account: null, createdAt: 7.5 },
      ];
      await store.append(
        streamNamed('1'),
        data.map((each) => newEvent({ data: each })),
        'noStream',
      );
      const found = async (...criteria: readonly (readonly [string, Criterion['operator'], Criterion['value']])[]) => {
        const filter = { criteria: criteria.map(([path, operator, value]) => ({ path, operator, value })) };
        return (await positions(store, { filter }))[0];
      };
      assert.deepEqual(await found(['price.amount', 'gt', '9']), [2, 3]);
      assert.deepEqual(await found(['price.amount', 'gte', 9], ['price.amount', 'lt', '11']), [1, 2]);
      assert.deepEqual(await found(['price.amount', 'eq', '9007199254740992']), []);
      assert.deepEqual(await found(['price.amount', 'eq', '11']), [4]);
      assert.deepEqual(await found(['price.currency', 'in', ['EUR', 'JPY']]), [1, 2, 3]);
      assert.deepEqual(await found(['account', 'gte', '0010'], ['account', 'lt', '1']), [2]);
      assert.deepEqual(await found(['account', 'eq', 9]), []);
      assert.deepEqual(await found(['createdAt', 'gt', 5], ['createdAt', 'lte', 40]), [2, 4]);
      assert.deepEqual(await found(['paid', 'eq', true]), [1]);
      assert.deepEqual(await found(['tags', 'contains', 'new'], ['paid', 'ne', true]), [2]);
      assert.deepEqual(await found(['nothing', 'ne', 1]), []);
    },
  },
  {
    name: 'gives positions without gaps to many writers, and a follower misses nothing',
    async run({ open }) {
      const stores = [await open(), await open()] as const;
      const total = 16 * 30;
      const write = async (writer: number) => {
        for (let count = 0; count < 30; count++) {
          await stores[writer % 2 === 0 ? 0 : 1].append(streamNamed(`${writer % 4}`), [newEvent()], 'any');
        }
      };
      const writers = Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)));
      const seen: number[] = [];
      const streams = new Map<string, number>();
      for (let from = 0; seen.length < total;) {
        const page = await stores[0].readAll({ direction: 'forward', from, limit: 32 });
        for (const { position, stream, version } of page.events) {
          seen.push(position);
          assert.equal(version, (streams.get(stream.id) ?? 0) + 1);
          streams.set(stream.id, version);
        }
        from = page.next;
        await new Promise(setImmediate);
      }
      await writers;
      assert.deepEqual(
        seen,
        Array.from({ length: total }, (_, index) => index + 1),
      );
    },
  },
];
