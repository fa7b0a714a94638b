import type { CommitEntry, LogRequest, PaymentStore, PendingEvent } from '@paystrata/application';
import {
  decide,
  evolveAll,
  initialState,
  instantOf,
  noPersonalData,
  type PaymentCommand,
  type PaymentState,
} from '@paystrata/domain';
import { parseCommandId, parseCurrency, parseOrganizationId, parsePaymentId, parseSubjectId } from '@paystrata/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory-store.ts';

function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the test expected a value here');
  return value;
}

const organizationId = known(parseOrganizationId('acme'));
const now = instantOf(Date.UTC(2026, 0, 15));
const idOf = (n: number) => known(parsePaymentId(`01980000-0000-7000-8000-${String(n).padStart(12, '0')}`));

function creation(n: number): PaymentCommand {
  return {
    type: 'CreatePayment',
    now,
    paymentId: idOf(n),
    organizationId,
    amount: { amount: 100n, currency: known(parseCurrency('EUR')) },
    maxAmount: 1000n,
    reference: null,
    userId: null,
    workflowId: null,
    resourceIds: [],
    subject: known(parseSubjectId('customer-1')),
    personal: { ...noPersonalData, description: 'the rent of Ada' },
    createdAt: null,
  };
}

/** The entry that a command comes to; the command id is the type and the number, unless another is given. */
function entry(n: number, state: PaymentState, command: PaymentCommand, id: string = command.type): CommitEntry {
  const decision = decide(command, state);
  if (!decision.accepted) throw new Error(decision.rejection.message);
  const expectedVersion = state?.version ?? 0;
  const commandId = known(parseCommandId(`${id}-${n}`));
  const events = decision.events.map((event, index): PendingEvent => ({
    ...event,
    eventId: `${commandId}-${index}`,
    schemaVersion: 1,
    organizationId,
    paymentId: idOf(n),
    version: expectedVersion + index + 1,
    actor: 'test',
    userId: null,
    correlationId: 'c',
    causationId: null,
    commandId,
    metadata: {},
  }));
  const payment = known(evolveAll(state, events));
  return { organizationId, paymentId: idOf(n), expectedVersion, commandId, events, payment };
}

const everything: LogRequest = { direction: 'forward', from: null, limit: 1000 };
const cancellation: PaymentCommand = { type: 'CancelPayment', now, reason: null };

let store: PaymentStore;
beforeEach(async () => {
  store = createMemoryStore();
  await store.start();
});

describe('a memory store', () => {
  it('takes entries apart: each sees the earlier ones, and a bad one takes no other down', async () => {
    const first = entry(1, initialState, creation(1));
    const results = await store.commit([
      first,
      entry(1, first.payment, cancellation),
      entry(1, first.payment, cancellation, 'late'),
      first,
      entry(2, initialState, creation(2)),
    ]);
    expect(results).toMatchObject([
      { outcome: 'committed', position: 1 },
      { outcome: 'committed', position: 2 },
      { outcome: 'wrong_version', actualVersion: 2 },
      { outcome: 'duplicate', version: 1, position: 1 },
      { outcome: 'committed', position: 3 },
    ]);
    const { events } = await store.readAll(everything);
    expect(results.flatMap((result) => (result.outcome === 'committed' ? (result.events ?? []) : []))).toEqual(events);
  });

  it('stores nothing at all where an entry is not whole', async () => {
    const good = entry(1, initialState, creation(1));
    await expect(async () =>
      store.commit([good, { ...entry(2, initialState, creation(2)), events: [] }]),
    ).rejects.toThrow('do not follow version 0');
    expect((await store.readAll(everything)).events).toEqual([]);
  });

  it('reads its log from any place in both directions', async () => {
    await store.commit([1, 2, 3, 4, 5].map((n) => entry(n, initialState, creation(n))));
    const read = async (request: Partial<LogRequest>) => {
      const page = await store.readAll({ ...everything, ...request });
      return { positions: page.events.map(({ position }) => position), next: page.next, end: page.end };
    };
    expect(await read({ limit: 2 })).toEqual({ positions: [1, 2], next: 2, end: false });
    expect(await read({ from: 2, limit: 3 })).toEqual({ positions: [3, 4, 5], next: 5, end: true });
    expect(await read({ direction: 'backward', limit: 2 })).toEqual({ positions: [5, 4], next: 4, end: false });
    expect(await read({ direction: 'backward', from: 3 })).toEqual({ positions: [2, 1], next: 1, end: true });
    expect(await read({ paymentId: idOf(4) })).toEqual({ positions: [4], next: 5, end: true });
    expect(await read({ from: 9 })).toEqual({ positions: [], next: 9, end: true });
  });

  it('cannot be changed through what it was given or what it answers', async () => {
    const given = entry(1, initialState, creation(1));
    await store.commit([given]);
    const { payment } = await store.load(given, null);
    const [event] = (await store.readAll(everything)).events;
    for (const part of [given.payment, payment?.personal, payment?.amount, event, event?.data, given.events[0]?.data]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('keeps no personal data of a payment once it is erased', async () => {
    const created = entry(1, initialState, creation(1));
    const updated = entry(1, created.payment, {
      type: 'UpdatePayment',
      now,
      stated: { amount: null, currency: null },
      maxAmount: 1000n,
      personal: { metadata: { friend: 'Ada' } },
    });
    await store.commit([created, updated, entry(1, updated.payment, { type: 'ErasePersonalData', now })]);
    const kept = JSON.stringify([await store.readAll(everything), await store.load(created, null)], (_, value) =>
      typeof value === 'bigint' ? `${value}` : (value as unknown),
    );
    expect(kept).toContain('PersonalDataErased');
    expect(kept).not.toContain('Ada');
  });

  it('refuses the payment that is one too many, but not what happens to the others', async () => {
    store = createMemoryStore({ maxPayments: 1 });
    await store.start();
    const first = entry(1, initialState, creation(1));
    const results = await store.commit([
      first,
      entry(2, initialState, creation(2)),
      entry(1, first.payment, cancellation),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['committed', 'failed', 'committed']);
    expect(results[1]).toMatchObject({ failure: { code: 'STORE_FULL', retryable: false } });
  });

  it('begins another life at every start, and answers nothing while it is stopped', async () => {
    const created = entry(1, initialState, creation(1));
    await store.commit([created]);
    const epoch = store.epoch();
    await store.stop();
    const calls = [
      async () => store.load(created, null),
      async () => store.commit([created]),
      () => store.readAll(everything),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await store.start();
    expect(store.epoch()).not.toBe(epoch);
    expect(await store.load(created, created.commandId)).toEqual({ payment: null, appliedVersion: null });
  });
});
