import { describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { parseOrganizationId, parsePaymentId } from '@paystrata/domain';
import type { Position } from '../events/position.ts';
import type { LogPage, LogRequest } from '../ports/payment-store.ts';
import type { ReadContext } from '../ports/read-model.ts';
import { createArrayStore } from '../testing/array-store.ts';
import { acme, createCountingIds, known } from '../testing/known.ts';
import { createMovableClock } from '../testing/movable-clock.ts';
import { createTestApplication } from '../testing/test-application.ts';
import { formatSearchCursor } from './cursor.ts';
import { createLogFedReadModel } from './log-fed-read-model.ts';
import { everyPayment } from './queries.ts';

const context: ReadContext = { organizationId: acme, atLeast: null, timeoutMs: 1000 };
const search = {
  type: 'SearchPayments',
  filter: everyPayment,
  sort: { by: 'created', descending: true },
  limit: 10,
  cursor: null,
  page: null,
} as const;
const other = known(parseOrganizationId('other'));

function setUp() {
  const store = createArrayStore();
  const clock = createMovableClock();
  const application = createTestApplication({ store, clock, ids: createCountingIds() });
  let epoch = 'life-1';
  /** Holds every page back until it is let through. */
  const gate = { closed: false, waiting: [] as (() => void)[], reads: 0 };
  const source = {
    epoch: () => epoch,
    readAll: async (request: LogRequest): Promise<LogPage> => {
      gate.reads += 1;
      const page = await store.readAll(request);
      if (gate.closed) await new Promise<void>((resolve) => gate.waiting.push(resolve));
      return page;
    },
  };
  const model = createLogFedReadModel({ source, clock, pageSize: 2 });
  const create = (amount: number) =>
    application.send({ type: 'CreatePayment', amount, currency: 'EUR' }).then((receipt) => ({
      ...receipt,
      position: { ...receipt.position, epoch },
    }));
  const open = () => {
    gate.closed = false;
    for (const letThrough of gate.waiting.splice(0)) letThrough();
  };
  return {
    ...{ store, clock, application, model, create, gate, open },
    restart: () => {
      epoch = 'life-2';
    },
  };
}

describe('a read model fed by a log', () => {
  it('answers what was acknowledged before it was asked', async () => {
    const { model, create } = setUp();
    const { paymentId } = await create(100);
    const found = await model.get({ type: 'GetPayment', paymentId, asOf: null }, context);
    expect(found?.payment).toMatchObject({ id: paymentId, status: 'pending', version: 1 });
    expect(found?.position).toBe(1);
  });

  it('shows an organization its own payments only', async () => {
    const { model, create } = setUp();
    const { paymentId } = await create(100);
    const theirs = { ...context, organizationId: other };
    expect(await model.get({ type: 'GetPayment', paymentId, asOf: null }, theirs)).toBeNull();
    expect((await model.search(search, theirs)).total.value).toBe(0);
    expect((await model.search(search, context)).total.value).toBe(1);
  });

  it('shares a pass between readers, but never one that began before they asked', async () => {
    const { model, create, gate, open } = setUp();
    await create(1);
    gate.closed = true;
    const early = model.search(search, context);
    await create(2);
    const late = [model.search(search, context), model.search(search, context), model.search(search, context)];
    open();
    expect((await early).total.value).toBe(1);
    expect((await Promise.all(late)).map(({ total }) => total.value)).toEqual([2, 2, 2]);
    expect(gate.reads).toBe(2);
  });

  it('reads on where it ended, over any number of pages', async () => {
    const { model, create, gate } = setUp();
    for (let amount = 1; amount <= 5; amount += 1) await create(amount);
    expect((await model.search(search, context)).total.value).toBe(5);
    expect(gate.reads).toBe(3);
    await create(6);
    expect((await model.search(search, context)).total.value).toBe(6);
    expect(gate.reads).toBe(4);
    expect(model.position()).toBe(6);
  });

  describe('asked for a position', () => {
    const unknown: readonly (readonly [string, Partial<Position>])[] = [
      ['another epoch', { epoch: 'life-0' }],
      ['another organization', { organizationId: other }],
    ];
    it.each(unknown)('refuses one of %s at once', async (_, change) => {
      const { model, create } = setUp();
      const { position } = await create(1);
      await expect(model.search(search, { ...context, atLeast: { ...position, ...change } })).rejects.toMatchObject({
        code: 'POSITION_UNKNOWN',
      });
    });

    it('waits until it is reached', async () => {
      const { model, create, clock } = setUp();
      const { position } = await create(1);
      const reading = model.search(search, { ...context, atLeast: { ...position, position: 2 } });
      await expect.poll(() => clock.sleepers).toBe(2);
      await create(2);
      clock.advance(10);
      expect((await reading).total.value).toBe(2);
      expect(clock.sleepers).toBe(0);
    });

    it('waits for the version where the position has no place yet', async () => {
      const { model, create, application, clock } = setUp();
      const { position, paymentId } = await create(1);
      const atLeast = { ...position, position: null, version: 2 };
      const reading = model.get({ type: 'GetPayment', paymentId, asOf: null }, { ...context, atLeast });
      await expect.poll(() => clock.sleepers).toBe(2);
      await application.send({ type: 'CancelPayment', paymentId });
      clock.advance(10);
      expect((await reading)?.payment.status).toBe('cancelled');
    });

    it('fails when the time is over, and leaves no sleeper behind', async () => {
      const { model, create, clock } = setUp();
      const { position } = await create(1);
      const reading = model.search(search, { ...context, atLeast: { ...position, position: 9 } });
      const failed = expect(reading).rejects.toMatchObject({ code: 'POSITION_TIMEOUT', retryable: true });
      await expect.poll(() => clock.sleepers).toBe(2);
      clock.advance(1000);
      await failed;
      expect(clock.sleepers).toBe(0);
    });

    it('fails when the time is over though the source hangs', async () => {
      const { model, create, clock, gate } = setUp();
      const { position } = await create(1);
      gate.closed = true;
      const failed = expect(model.search(search, { ...context, atLeast: position })).rejects.toMatchObject({
        code: 'POSITION_TIMEOUT',
      });
      await expect.poll(() => clock.sleepers).toBe(1);
      clock.advance(1000);
      await failed;
    });

    it('asks once where there is no time to wait', async () => {
      const { model, create } = setUp();
      const { position } = await create(1);
      const now = { ...context, timeoutMs: 0 };
      expect((await model.search(search, { ...now, atLeast: position })).total.value).toBe(1);
      await expect(model.search(search, { ...now, atLeast: { ...position, position: 2 } })).rejects.toMatchObject({
        code: 'POSITION_TIMEOUT',
      });
    });
  });

  it('never answers a page older than the first one, nor one of another life of the log', async () => {
    const { model, create, restart } = setUp();
    for (const amount of [1, 2, 3]) await create(amount);
    const first = await model.search({ ...search, limit: 2 }, context);
    expect(first).toMatchObject({ hasMore: true, total: { value: 3, capped: false } });
    const second = await model.search({ ...search, limit: 2, cursor: first.next }, context);
    expect(second.payments).toHaveLength(1);
    restart();
    await expect(model.search({ ...search, limit: 2, cursor: first.next }, context)).rejects.toMatchObject({
      code: 'POSITION_UNKNOWN',
    });
    expect((await model.search(search, context)).total.value).toBe(3);
  });

  it('waits until it is as fresh as the first page was, wherever that was read', async () => {
    const { model, create, clock } = setUp();
    await create(1);
    const { filter, sort } = search;
    const place = { number: Number.MAX_SAFE_INTEGER, text: '', id: known(parsePaymentId(randomUUID())) };
    const cursor = formatSearchCursor({ place, epoch: 'life-1', position: 2 }, { organizationId: acme, filter, sort });
    const reading = model.search({ ...search, cursor }, context);
    await expect.poll(() => clock.sleepers).toBe(2);
    await create(2);
    clock.advance(10);
    expect((await reading).payments).toHaveLength(2);
  });

  it('forgets what another life of the log told', async () => {
    const { model, create, store, restart } = setUp();
    const { paymentId } = await create(1);
    expect((await model.search(search, context)).total.value).toBe(1);
    restart();
    store.readAll = async () => ({ events: [], next: 0, end: true });
    expect((await model.search(search, context)).total.value).toBe(0);
    expect(await model.get({ type: 'GetPayment', paymentId, asOf: null }, context)).toBeNull();
    expect(model.position()).toBe(0);
  });

  it('shows a payment as it was at a version and at an instant', async () => {
    const { model, create, application, clock } = setUp();
    const { paymentId, payment } = await create(1);
    clock.advance(1000);
    await application.send({ type: 'CancelPayment', paymentId });
    const asOf = (at: { readonly version: number } | { readonly instant: typeof payment.createdAt } | null) =>
      model.get({ type: 'GetPayment', paymentId, asOf: at }, context).then((found) => found?.payment.status ?? null);
    expect(await asOf({ version: 1 })).toBe('pending');
    expect(await asOf({ version: 2 })).toBe('cancelled');
    expect(await asOf({ version: 3 })).toBeNull();
    expect(await asOf({ instant: payment.createdAt })).toBe('pending');
    expect(await asOf(null)).toBe('cancelled');
  });

  it('names the payments that wait for the gateway, in order', async () => {
    const { model, create, application } = setUp();
    const receipts = [await create(1), await create(2), await create(3)];
    const ids = receipts.map(({ paymentId }) => paymentId);
    for (const paymentId of [ids[2], ids[0]]) {
      await application.send({
        type: 'ProcessPayment',
        paymentId: known(paymentId),
        method: 'test_timeout_then_approve',
      });
    }
    const waiting = await model.awaitingGateway(null, 10);
    expect(waiting.map(({ paymentId }) => paymentId)).toEqual([ids[0], ids[2]].sort());
    expect(await model.awaitingGateway(known(waiting[0]), 10)).toEqual(waiting.slice(1));
    expect(await model.awaitingGateway(null, 1)).toEqual(waiting.slice(0, 1));
  });

  it('keeps answering while it is rebuilt', async () => {
    const { model, create, gate, open } = setUp();
    for (const amount of [1, 2, 3]) await create(amount);
    await model.catchUp();
    gate.closed = true;
    const rebuilding = model.rebuild();
    const reading = model.search(search, context);
    await expect.poll(() => gate.waiting.length).toBe(1);
    open();
    expect(await rebuilding).toBe(3);
    expect((await reading).total.value).toBe(3);
  });

  it('says that the log is damaged rather than leave something out', async () => {
    const { store, clock } = setUp();
    const application = createTestApplication({ store, clock, ids: createCountingIds() });
    const { paymentId } = await application.send({ type: 'CreatePayment', amount: 1, currency: 'EUR' });
    await application.send({ type: 'CancelPayment', paymentId });
    const source = {
      epoch: () => 'life-1',
      readAll: async (request: LogRequest) => {
        const page = await store.readAll(request);
        return { ...page, events: page.events.filter(({ version }) => version > 1) };
      },
    };
    const model = createLogFedReadModel({ source, clock });
    await expect(model.search(search, context)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    await expect(model.search(search, context)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  });
});
