import { describe, expect, it } from 'vitest';
import type { CreatePayment, PaymentCommand } from '@paystrata/domain';
import { noPersonalData, parsePaymentId, parseSubjectId } from '@paystrata/domain';
import { PortFailure } from '../ports/failures.ts';
import type { CommitEntry } from '../ports/payment-store.ts';
import type { WriteOrder, WriteResult } from '../ports/write-model.ts';
import { createArrayStore } from '../testing/array-store.ts';
import { acme, commandIdOf, createCountingIds, eur, known } from '../testing/known.ts';
import { createSkippingClock } from '../testing/movable-clock.ts';
import { createStoreWriteModel, LOST_RACES } from './store-write-model.ts';

const paymentId = known(parsePaymentId('01990000-0000-7000-8000-000000000001'));
const anotherId = known(parsePaymentId('01990000-0000-7000-8000-000000000002'));

function setUp() {
  const store = createArrayStore();
  const clock = createSkippingClock();
  const committed: string[] = [];
  const model = createStoreWriteModel({
    store,
    clock,
    ids: createCountingIds(),
    onCommitted: (events) => committed.push(...events.map(({ type }) => type)),
  });
  const creation = (id = paymentId): CreatePayment => ({
    type: 'CreatePayment',
    now: clock.now(),
    paymentId: id,
    organizationId: acme,
    amount: { amount: 500n, currency: eur },
    maxAmount: 1000n,
    reference: null,
    userId: null,
    workflowId: null,
    resourceIds: [],
    subject: known(parseSubjectId('customer-1')),
    personal: noPersonalData,
    createdAt: null,
  });
  const cancellation = (): PaymentCommand => ({ type: 'CancelPayment', now: clock.now(), reason: null });
  const process = (): PaymentCommand => ({
    type: 'ProcessPayment',
    now: clock.now(),
    method: 'test_approve',
    stated: { amount: null, currency: null },
  });
  return { store, clock, committed, model, creation, cancellation, process };
}

function order(command: PaymentCommand, commandId: string, rest: Partial<WriteOrder> = {}): WriteOrder {
  const common = { organizationId: acme, paymentId, command, commandId: commandIdOf(commandId) };
  const sender = { actor: 'ada', userId: null, correlationId: 'c-1', causationId: null, metadata: {} };
  return { ...common, ...sender, expectedVersion: null, ...rest };
}

function receiptOf(result: WriteResult) {
  if (!result.ok) throw new Error(`refused: ${result.rejection.code}`);
  return result.receipt;
}

const somebodyElseWon = (entries: readonly CommitEntry[]) =>
  entries.map(({ expectedVersion }) => ({ outcome: 'wrong_version' as const, actualVersion: expectedVersion + 1 }));

describe('execute', () => {
  it('answers a receipt of what was committed, and tells of it', async () => {
    const { model, creation, committed, store } = setUp();
    const receipt = receiptOf(await model.execute(order(creation(), 'create')));
    expect(receipt).toMatchObject({ version: 1, replayed: false, payment: { status: 'pending', version: 1 } });
    expect(receipt.position).toEqual({ epoch: 'array-1', organizationId: acme, paymentId, version: 1, position: 1 });
    expect(receipt.events).toEqual(store.events);
    expect(store.events[0]).toMatchObject({
      actor: 'ada',
      correlationId: 'c-1',
      commandId: 'create',
      schemaVersion: 1,
    });
    expect(committed).toEqual(['PaymentCreated']);
  });

  it('answers the first receipt to the same command again, also after later changes, and stores nothing', async () => {
    const { model, creation, cancellation, store, committed } = setUp();
    const first = receiptOf(await model.execute(order(creation(), 'create')));
    await model.execute(order(cancellation(), 'cancel'));
    const again = receiptOf(await model.execute(order(creation(), 'create')));
    expect(again).toEqual({ ...first, replayed: true });
    expect(store.events).toHaveLength(2);
    expect(committed).toEqual(['PaymentCreated', 'PaymentCancelled']);
  });

  it('shows a replayed attempt with what became of it', async () => {
    const { model, creation, process, clock } = setUp();
    await model.execute(order(creation(), 'create'));
    await model.execute(order(process(), 'process'));
    const open = receiptOf(await model.execute(order(process(), 'process')));
    expect(open).toMatchObject({ version: 2, replayed: true, payment: { status: 'processing' } });
    const item = { kind: 'attempt', id: known(open.payment.attempts[0]).id } as const;
    const answer = { outcome: 'approved', amount: { amount: 500n, currency: eur }, gatewayReference: 'g' } as const;
    await model.execute(order({ type: 'RecordGatewayAnswer', now: clock.now(), item, answer }, 'answer'));
    const known3 = receiptOf(await model.execute(order(process(), 'process')));
    expect(known3).toMatchObject({ version: 3, replayed: true, payment: { status: 'completed' } });
    expect(known3.events.map(({ type }) => type)).toEqual(['PaymentProcessingStarted', 'PaymentProcessed']);
  });

  it('answers a refusal as a value and stores nothing', async () => {
    const { model, cancellation, store } = setUp();
    const result = await model.execute(order(cancellation(), 'cancel'));
    expect(result).toMatchObject({ ok: false, rejection: { code: 'payment_not_found' } });
    expect(store.events).toHaveLength(0);
  });

  it('refuses a version that is not the payment’s, naming both', async () => {
    const { model, creation, cancellation } = setUp();
    await model.execute(order(creation(), 'create'));
    const stale = model.execute(order(cancellation(), 'cancel', { expectedVersion: 3 }));
    await expect(stale).rejects.toMatchObject({ code: 'WRONG_EXPECTED_VERSION', details: { expected: 3, actual: 1 } });
    expect(receiptOf(await model.execute(order(cancellation(), 'cancel', { expectedVersion: 1 }))).version).toBe(2);
  });

  it('decides anew after a lost race, five times', async () => {
    const { model, creation, cancellation, store, clock } = setUp();
    await model.execute(order(creation(), 'create'));
    for (let race = 0; race < LOST_RACES; race++) store.faults.push(somebodyElseWon);
    expect(receiptOf(await model.execute(order(cancellation(), 'cancel'))).version).toBe(2);
    expect(clock.slept).toHaveLength(LOST_RACES);
    for (let race = 0; race <= LOST_RACES; race++) store.faults.push(somebodyElseWon);
    const update = { type: 'ErasePersonalData', now: clock.now() } as const;
    await expect(model.execute(order(update, 'erase'))).rejects.toMatchObject({ code: 'WRONG_EXPECTED_VERSION' });
  });

  it('resolves an answer that was lost after the commit, without committing twice', async () => {
    const { model, creation, store } = setUp();
    const lost = new PortFailure('OUTCOME_UNKNOWN', 'connection reset');
    store.faults.push((entries, commit) => {
      commit();
      return entries.map(() => ({ outcome: 'failed', failure: lost }));
    });
    const receipt = receiptOf(await model.execute(order(creation(), 'create')));
    expect(receipt).toMatchObject({ version: 1, replayed: true });
    expect(store.events).toHaveLength(1);
  });

  it('says that the outcome is unknown while no answer comes through', async () => {
    const { model, creation, store } = setUp();
    const lost = new PortFailure('OUTCOME_UNKNOWN', 'connection reset');
    for (let sent = 0; sent < 3; sent++) {
      store.faults.push((entries) => entries.map(() => ({ outcome: 'failed', failure: lost })));
    }
    await expect(model.execute(order(creation(), 'create'))).rejects.toBe(lost);
    expect(receiptOf(await model.execute(order(creation(), 'create'))).version).toBe(1);
  });

  it('never says that nothing was stored once an answer was lost, whatever comes of asking again', async () => {
    const { model, creation, store } = setUp();
    const lost = new PortFailure('OUTCOME_UNKNOWN', 'connection reset');
    const gone = new PortFailure('STORE_UNAVAILABLE', 'the server is down');
    const storesAndLoses: (typeof store.faults)[number] = (entries, commit) => {
      commit();
      return entries.map(() => ({ outcome: 'failed', failure: lost }));
    };
    const isDown: (typeof store.faults)[number] = (entries) =>
      entries.map(() => ({ outcome: 'failed', failure: gone }));
    store.faults.push(storesAndLoses, isDown, () => Promise.reject(gone));
    await expect(model.execute(order(creation(), 'create'))).rejects.toBe(lost);
    const two = order(creation(anotherId), 'two', { paymentId: anotherId });
    store.faults.push(storesAndLoses, isDown);
    expect(await model.executeBulk([two])).toMatchObject([{ ok: false, failure: lost }]);
    expect(await model.executeBulk([two])).toMatchObject([{ ok: true, receipt: { replayed: true } }]);
    expect(store.events).toHaveLength(2);
  });

  it('lets racing commands on one payment take effect one after the other', async () => {
    const { model, creation, process } = setUp();
    await model.execute(order(creation(), 'create'));
    const results = await Promise.all(
      Array.from({ length: 16 }, async (_, n) => model.execute(order(process(), `process-${n}`))),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('executeBulk', () => {
  it('lets an order see those before it, and fail by itself', async () => {
    const { model, creation, cancellation, process, store } = setUp();
    const results = await model.executeBulk([
      order(creation(), 'create'),
      order(cancellation(), 'cancel'),
      order(process(), 'too-late'),
      order(creation(anotherId), 'another', { paymentId: anotherId }),
      order(creation(), 'create'),
      order(cancellation(), 'stale', { expectedVersion: 7 }),
    ]);
    expect(results.map((each) => each.ok)).toEqual([true, true, false, true, true, false]);
    expect(results[2]).toMatchObject({ rejection: { code: 'illegal_state' } });
    expect(results[4]).toMatchObject({ receipt: { version: 1, replayed: true } });
    expect(results[5]).toMatchObject({ failure: { code: 'WRONG_EXPECTED_VERSION' } });
    expect(store.events.map(({ type }) => type)).toEqual(['PaymentCreated', 'PaymentCancelled', 'PaymentCreated']);
  });

  it('tells of what is stored when the store goes away in between', async () => {
    const { model, creation, cancellation, store } = setUp();
    const gone = new PortFailure('STORE_UNAVAILABLE', 'the disk was pulled');
    store.faults.push(
      (_, commit) => commit(),
      () => Promise.reject(gone),
    );
    const results = await model.executeBulk([order(creation(), 'create'), order(cancellation(), 'cancel')]);
    expect(results).toMatchObject([{ ok: true }, { ok: false, failure: gone }]);
    expect(store.events).toHaveLength(1);
  });

  it('executes by itself what the common commit did not take', async () => {
    const { model, creation, store } = setUp();
    store.faults.push((entries, commit) => {
      const [first] = commit();
      const failure = new PortFailure('OUTCOME_UNKNOWN', 'connection reset');
      return entries.map((_, index) => (index === 0 && first !== undefined ? first : { outcome: 'failed', failure }));
    });
    const results = await model.executeBulk([
      order(creation(), 'one'),
      order(creation(anotherId), 'two', { paymentId: anotherId }),
    ]);
    expect(results).toMatchObject([
      { ok: true, receipt: { replayed: false } },
      { ok: true, receipt: { replayed: true } },
    ]);
    expect(store.events).toHaveLength(2);
  });
});
