import {
  createStoreWriteModel,
  createUuidV7Ids,
  PortFailure,
  systemClock,
  type BulkResult,
  type WriteModel,
} from '@paystrata/application';
import { acme } from '@paystrata/conformance/random-payments';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore, type MemoryStore } from '../store/memory-store.ts';
import { BufferedWriter, inParts } from './bulk-writer.ts';
import { cancellation, creation } from './testing/orders.ts';

const ids = createUuidV7Ids(systemClock);
const gone = new PortFailure('STORE_UNAVAILABLE', 'the store is away');

let store: MemoryStore;
let commits: number;
let isAway: boolean;
let writer: BufferedWriter;

beforeEach(async () => {
  store = createMemoryStore();
  [commits, isAway] = [0, false];
  await store.start();
  const flaky = {
    ...{ name: store.name, capabilities: store.capabilities },
    ...{ start: () => store.start(), stop: () => store.stop(), epoch: () => store.epoch() },
    load: store.load.bind(store),
    readAll: store.readAll.bind(store),
    commit: (entries: Parameters<MemoryStore['commit']>[0]) => {
      commits += 1;
      return isAway ? Promise.reject(gone) : store.commit(entries);
    },
  };
  writer = new BufferedWriter(createStoreWriteModel({ store: flaky, ids, clock: systemClock }), 3);
});

/** Whether it is answered by now. */
async function isAnswered(result: Promise<BulkResult>): Promise<boolean> {
  const none = Symbol('none');
  return (await Promise.race([result, new Promise((resolve) => setImmediate(resolve, none))])) !== none;
}

describe('the buffer of the writer', () => {
  it('answers nothing before it is stored, and writes once it is full', async () => {
    const first = [writer.add(creation(1)), writer.add(creation(2))];
    expect(await isAnswered(Promise.race(first))).toBe(false);
    expect([writer.buffered, store.position(), commits]).toEqual([2, 0, 0]);
    const results = await Promise.all([...first, writer.add(creation(3))]);
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect([writer.buffered, store.position(), commits]).toEqual([0, 3, 1]);
  });

  it('writes on call, in the order of the orders, and tells who was refused', async () => {
    const answers = [writer.add(creation(1)), writer.add(cancellation(2))];
    await writer.flush();
    expect(await Promise.all(answers)).toMatchObject([
      { ok: true },
      { ok: false, rejection: { code: 'payment_not_found' } },
    ]);
    expect(store.position()).toBe(1);
  });

  it('keeps what a failed flush did not write, and writes it the next time', async () => {
    isAway = true;
    const answers = [writer.add(creation(1)), writer.add(creation(2))];
    await expect(writer.flush()).rejects.toBe(gone);
    expect(await isAnswered(Promise.race(answers))).toBe(false);
    expect([writer.buffered, store.position()]).toEqual([2, 0]);
    isAway = false;
    await writer.flush();
    expect((await Promise.all(answers)).every(({ ok }) => ok)).toBe(true);
    expect([writer.buffered, store.position()]).toEqual([0, 2]);
  });

  it('takes no more than it holds while the store is away', async () => {
    isAway = true;
    const answers = [1, 2, 3].map((number) => writer.add(creation(number)));
    expect(await writer.add(creation(4))).toEqual({ ok: false, failure: gone });
    expect(writer.buffered).toBe(3);
    isAway = false;
    const fourth = writer.add(creation(4));
    expect((await Promise.all(answers)).every(({ ok }) => ok)).toBe(true);
    await writer.flush();
    expect((await fourth).ok).toBe(true);
  });

  it('writes when it is stopped, and says what could not be written', async () => {
    const stored = writer.add(creation(1));
    await writer.stop();
    expect((await stored).ok).toBe(true);
    isAway = true;
    const lost = writer.add(creation(2));
    await writer.stop();
    expect(await lost).toEqual({ ok: false, failure: gone });
  });
});

it('cuts a bulk into parts, each of which sees the ones before it', async () => {
  const sizes: number[] = [];
  const model = createStoreWriteModel({ store, ids, clock: systemClock });
  const counting: WriteModel = {
    ...model,
    executeBulk: (orders) => {
      sizes.push(orders.length);
      return model.executeBulk(orders);
    },
  };
  const results = await inParts(counting, 2).executeBulk([1, 2, 3].map((n) => creation(n)).concat(cancellation(1)));
  expect(sizes).toEqual([2, 2]);
  expect(results.map((result) => (result.ok ? result.receipt.payment.status : result))).toEqual([
    ...['pending', 'pending', 'pending', 'cancelled'],
  ]);
  const { events } = await store.readAll({ direction: 'forward', from: null, limit: 10, organizationId: acme });
  expect(events).toHaveLength(4);
});
