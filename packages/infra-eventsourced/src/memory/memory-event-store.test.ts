// The event store in memory: the cases of every event store, and its archive.
import { instantOf } from '@paystrata/application';
import { createMemoryStore } from '@paystrata/infra-inmemory';
import { describe, expect, it } from 'vitest';
import { appendCases } from '../testing/append-cases.ts';
import { newEvent, newEvents, noon, streamNamed } from '../testing/event-store-world.ts';
import { creation, paymentCases } from '../testing/payment-cases.ts';
import { readCases } from '../testing/read-cases.ts';
import { createMemoryEventStore } from './memory-event-store.ts';

describe.each([...appendCases, ...readCases])('in memory', ({ name, run }) => {
  it(name, () => {
    const store = createMemoryEventStore();
    return run({ open: async () => store });
  });
});

describe.each(paymentCases)('in memory', ({ name, run }) => {
  it(name, async () => {
    const payments = createMemoryStore();
    await payments.start();
    const store = createMemoryEventStore({ payments });
    await run({ open: async () => store, openPayments: async () => payments });
  });
});

describe('a log that the payments are in', () => {
  it('goes on over chunks that are archived or hold nothing but payments, and begins anew with them', async () => {
    const payments = createMemoryStore();
    await payments.start();
    const store = createMemoryEventStore({ payments });
    await store.append(streamNamed('1'), [newEvent()], 'noStream');
    for (let batch = 0; batch < 90; batch += 1) await payments.commit(Array.from({ length: 100 }, creation));
    await store.append(streamNamed('1'), [newEvent()], 1);
    const invoices = async () => {
      const filter = { category: 'invoice' };
      const { events } = await store.readAll({ direction: 'forward', from: null, limit: 10, filter });
      return events.map(({ position }) => position);
    };
    expect(await invoices()).toEqual([1, 9002]);
    expect((await store.archive(9002)).events).toBe(8192);
    expect(await invoices()).toEqual([1, 9002]);
    const page = await store.readAll({ direction: 'forward', from: 4090, limit: 10 });
    expect(page.events.map(({ position }) => position)).toEqual(Array.from({ length: 10 }, (_, at) => 4091 + at));
    expect((await payments.readAll({ direction: 'forward', from: 9000, limit: 10 })).next).toBe(9002);
    await payments.stop();
    await expect(store.head()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await payments.start();
    expect(await store.head()).toBe(0);
    expect(await store.version(streamNamed('1'))).toBe(0);
  });
});

describe('a log of many chunks', () => {
  const total = 10_000;
  async function filled() {
    const store = createMemoryEventStore();
    const events = Array.from({ length: total }, (_, index) =>
      newEvent({ data: { index }, timestamp: instantOf(noon + index), correlationId: `r${Math.floor(index / 10)}` }),
    );
    for (const [index, event] of events.entries()) await store.append(streamNamed(`${index % 7}`), [event], 'any');
    return { store, events };
  }

  it('reads the same before and after it was archived', async () => {
    const { store, events } = await filled();
    const looks = async () => [
      await store.readAll({ direction: 'forward', from: null, limit: total }),
      await store.readAll({ direction: 'backward', from: 9000, limit: 5000 }),
      await store.readAll({ direction: 'forward', from: 4000, limit: 200 }),
      await store.readAll({ direction: 'forward', from: null, limit: 100, filter: { correlationId: 'r5' } }),
      await store.readAll({ direction: 'backward', from: null, limit: 100, filter: { from: instantOf(noon + 9990) } }),
      await store.readAll({ direction: 'forward', from: null, limit: 3, filter: { to: instantOf(noon + 4097) } }),
      await store.readStream(streamNamed('3')),
      await store.readStream(streamNamed('3'), { direction: 'backward', from: 700, limit: 500 }),
    ];
    const before = await looks();
    const archived = await store.archive(total);
    expect(archived.events).toBe(8192);
    expect(archived.bytes).toBeLessThan(8192 * 100);
    const after = await looks();
    expect(after).toEqual(before);
    expect(Object.isFrozen(after[0]?.events[0]?.data)).toBe(true);
    const again = events.slice(0, 1);
    expect(await store.append(streamNamed('0'), again, 'any')).toEqual({ version: 1, position: 1, replayed: true });
    expect(await store.append(streamNamed('0'), newEvents(1), 'any')).toMatchObject({ position: total + 1 });
  });

  it('archives what is old enough only', async () => {
    const { store } = await filled();
    expect(await store.archive(8192)).toMatchObject({ events: 4096 });
    expect(await store.archive(total, noon + 8191)).toMatchObject({ events: 4096 });
    expect(await store.archive(total, noon + 8192)).toMatchObject({ events: 8192 });
  });
});

it('brings events into the shape of today, and refuses those of tomorrow', async () => {
  const types = { LineAdded: { version: 2, upcasters: { 1: (data: object) => ({ ...data, quantity: 1 }) } } };
  const store = createMemoryEventStore({ types });
  const events = [newEvent(), newEvent({ schemaVersion: 2, data: { line: 2, quantity: 5 } })];
  await store.append(streamNamed('1'), events, 'noStream');
  const read = await store.readStream(streamNamed('1'));
  expect(read.events.map(({ schemaVersion, data }) => [schemaVersion, data])).toEqual([
    [2, { line: 1, quantity: 1 }],
    [2, { line: 2, quantity: 5 }],
  ]);
  const filter = { criteria: [{ path: 'quantity', operator: 'eq', value: 1 }] } as const;
  expect((await store.readAll({ direction: 'forward', from: null, limit: 5, filter })).events).toHaveLength(1);
  const tomorrow = store.append(streamNamed('1'), [newEvent({ schemaVersion: 3 })], 'any');
  await expect(tomorrow).rejects.toMatchObject({ code: 'EVENT_TOO_NEW', details: { found: 3, known: 2 } });
});
