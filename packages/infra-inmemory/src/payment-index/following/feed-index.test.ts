import { createStoreWriteModel, createUuidV7Ids, systemClock, type WriteModel } from '@paystrata/application';
import { acme } from '@paystrata/conformance/random-payments';
import { beforeEach, describe, expect, it } from 'vitest';
import { cancellation, creation } from '../../memory-cqs/testing/orders.ts';
import { createMemoryStore, type MemoryStore } from '../../store/memory-store.ts';
import { createPaymentIndex, type PaymentIndex } from '../payment-index.ts';
import { feedIndex, foldEvent, followLog } from './feed-index.ts';
import { verifyIndex } from './verify-index.ts';

let log: MemoryStore;
let write: WriteModel;
let index: PaymentIndex;

beforeEach(async () => {
  log = createMemoryStore({ name: 'another strategy' });
  await log.start();
  write = createStoreWriteModel({ store: log, ids: createUuidV7Ids(systemClock), clock: systemClock });
  index = createPaymentIndex();
  for (let number = 1; number <= 3; number += 1) await write.execute(creation(number));
});

async function differences(): Promise<number> {
  let count = 0;
  for await (const { key } of verifyIndex(() => index, log)) count += Number(key.paymentId !== '');
  return count;
}

describe('an index that is fed from the log of another strategy', () => {
  it('has what the log has, and goes on where it stopped', async () => {
    const position = await feedIndex(index, log);
    expect([position, index.size(), await differences()]).toEqual([3, 3, 0]);
    await write.execute(cancellation(2));
    expect(await differences()).toBe(1);
    const reached: number[] = [];
    expect(await feedIndex(index, log, { from: position, onProgress: (at) => reached.push(at) })).toBe(4);
    expect(reached).toEqual([4]);
    expect([index.get(creation(2))?.payment.status, await differences()]).toEqual(['cancelled', 0]);
  });

  it('takes events that come again or too early', async () => {
    await write.execute(cancellation(2));
    const { events } = await log.readAll({ direction: 'forward', from: null, limit: 10 });
    const ofSecond = events.filter(({ paymentId }) => paymentId === creation(2).paymentId);
    const [created, cancelled] = ofSecond;
    if (created === undefined || cancelled === undefined) throw new Error('the payment has two events');
    expect([cancelled, created, created, cancelled].map((event) => foldEvent(index, event))).toEqual([
      ...['gap', 'applied', 'known', 'applied'],
    ]);
    index.rebuild([]);
    // The events before are read from the payment's own stream.
    await feedIndex(index, log, { from: 3 });
    expect([index.size(), index.get(creation(2))?.payment.version]).toEqual([1, 2]);
  });

  it('takes several versions of a payment that come together', async () => {
    await write.execute(cancellation(2));
    expect(await feedIndex(index, log)).toBe(4);
    expect([index.get(creation(2))?.payment.version, index.get(creation(2))?.position]).toEqual([2, 4]);
    expect([index.size(), await differences()]).toEqual([3, 0]);
  });

  it('ends where it is told to, and keeps what it has', async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('enough'));
    await expect(feedIndex(index, log, { signal: controller.signal, onProgress })).rejects.toThrow('enough');
    expect(index.size()).toBe(3);
  });
});

describe('an index that follows a log', () => {
  it('gets what is committed, through failures, and begins anew with another life of the log', async () => {
    const failures: unknown[] = [];
    const options = { clock: systemClock, intervalMs: 1, onFailure: (error: unknown) => failures.push(error) };
    const follower = followLog(index, log, options);
    await expect.poll(() => follower.position()).toBe(3);
    await write.execute(creation(4));
    await expect.poll(() => index.size(acme)).toBe(4);
    await log.stop();
    await expect.poll(() => failures.length).toBeGreaterThan(0);
    expect(index.size()).toBe(4);
    await log.start();
    await write.execute(creation(7));
    await expect.poll(() => index.get(creation(7))?.position).toBe(1);
    expect([index.size(), follower.position()]).toEqual([1, 1]);
    await follower.stop();
    await write.execute(creation(8));
    expect(index.size()).toBe(1);
  });
});
