import { describe, expect, it } from 'vitest';
import { queryContext } from '../buses/context.ts';
import { PortFailure } from '../ports/failures.ts';
import { createArrayStore } from '../testing/array-store.ts';
import { acme, createCountingIds } from '../testing/known.ts';
import { createMovableClock } from '../testing/movable-clock.ts';
import { createTestApplication } from '../testing/test-application.ts';
import { createQueryBus } from './query-bus.ts';

function setUp() {
  const store = createArrayStore();
  const ids = createCountingIds();
  const application = createTestApplication({ store, clock: createMovableClock(), ids });
  const queries = createQueryBus(application.strategy);
  const context = queryContext({ organizationId: acme }, ids);
  return { ...application, store, queries, context };
}

describe('the use cases', () => {
  it('take a payment through its life and answer for it', async () => {
    const { send, queries, context } = setUp();
    const { paymentId } = await send({ type: 'CreatePayment', amount: 500, currency: 'EUR', reference: 'bill-1' });
    await send({ type: 'UpdatePayment', paymentId, metadata: { note: 'first' }, description: 'June' });
    await send({ type: 'UpdatePayment', paymentId, metadata: { more: 'second' } });
    await send({ type: 'ProcessPayment', paymentId, method: 'test_approve', amount: 500, currency: 'EUR' });
    const refunded = await send({ type: 'RefundPayment', paymentId, amount: 200, reason: 'returned' });
    expect(refunded.payment).toMatchObject({ status: 'partially_refunded', refunded: 200n });
    const found = await queries.execute({ type: 'GetPayment', paymentId }, { ...context, atLeast: refunded.position });
    expect(found?.payment.personal).toEqual({
      customer: null,
      description: 'June',
      metadata: { note: 'first', more: 'second' },
    });
    const history = await queries.execute({ type: 'PaymentHistory', paymentId }, context);
    expect(history.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('give one reference to one payment', async () => {
    const { attempt, send } = setUp();
    const first = await send({ type: 'CreatePayment', amount: 500, currency: 'EUR', reference: 'bill-1' });
    const second = await attempt({ type: 'CreatePayment', amount: 500, currency: 'EUR', reference: 'bill-1' });
    expect(second).toMatchObject({
      ok: false,
      rejection: { code: 'payment_exists', details: { paymentId: first.paymentId } },
    });
  });

  it('settle what is parked, by a person', async () => {
    const { send, attempt } = setUp();
    const { paymentId } = await send({ type: 'CreatePayment', amount: 500, currency: 'EUR' });
    const parked = await send({ type: 'ProcessPayment', paymentId, method: 'test_wrong_amount' });
    expect(parked.payment.attempts[0]?.status).toBe('parked');
    const unsure = await attempt({ type: 'SettlePayment', paymentId, outcome: 'completed', reason: ' ' });
    expect(unsure.ok).toBe(false);
    const settled = await send({ type: 'SettlePayment', paymentId, outcome: 'completed', reason: 'seen at the bank' });
    expect(settled.payment).toMatchObject({ status: 'completed', captured: 499n });
  });

  it('erase a customer from every payment of the organization', async () => {
    const { send, queries, context } = setUp();
    const customer = { id: 'customer-7', name: 'Ada', email: 'ada@example.org' };
    const one = await send({ type: 'CreatePayment', amount: 1, currency: 'EUR', customer });
    const two = await send({ type: 'CreatePayment', amount: 2, currency: 'EUR', customer });
    const other = await send({ type: 'CreatePayment', amount: 3, currency: 'EUR', customer: { name: 'Bo' } });
    await send({ type: 'ErasePersonalData', paymentId: one.paymentId });
    for (const { paymentId } of [one, two]) {
      const found = await queries.execute({ type: 'GetPayment', paymentId }, context);
      expect(found?.payment).toMatchObject({ personalErased: true, personal: { customer: null } });
    }
    const spared = await queries.execute({ type: 'GetPayment', paymentId: other.paymentId }, context);
    expect(spared?.payment.personal.customer?.name).toBe('Bo');
  });

  it('erase many payments with few commits, and what was left when the same command is sent again', async () => {
    const { commands, send, store, queries, context, contextOf } = setUp();
    const row = { amount: 1, currency: 'EUR', customer: { id: 'customer-7', name: 'Ada' } };
    const rows = Array.from({ length: 119 }, () => row);
    await commands.execute({ type: 'ImportPayments', rows }, contextOf());
    const { paymentId } = await send({ type: 'CreatePayment', ...row });
    let commits = 0;
    const commit = store.commit.bind(store);
    store.commit = async (entries) => {
      commits += 1;
      if (commits === 3) throw new PortFailure('STORE_FULL', 'no room');
      return commit(entries);
    };
    const erase = { type: 'ErasePersonalData', paymentId } as const;
    const again = contextOf();
    await expect(commands.execute(erase, again)).rejects.toMatchObject({ code: 'STORE_FULL' });
    const left = async () => {
      const filter = { customer: 'customer-7' };
      const page = await queries.execute({ type: 'SearchPayments', filter, limit: 100 }, context);
      const rest = { type: 'SearchPayments', filter, limit: 100, cursor: page.next } as const;
      const payments = [...page.payments, ...(await queries.execute(rest, context)).payments];
      expect(payments).toHaveLength(120);
      return payments.filter(({ payment }) => !payment.personalErased).length;
    };
    expect(await left()).toBe(69);
    expect(await commands.execute(erase, again)).toMatchObject({ ok: true, receipt: { replayed: true } });
    expect(await left()).toBe(0);
    expect(commits).toBe(5);
  });

  it('import rows, each with a fate of its own', async () => {
    const { commands, contextOf } = setUp();
    const row = { amount: 500, currency: 'GBP', reference: 'r-1', settled: true, createdAt: '2020-06-24T00:00:00Z' };
    const rows = [row, { ...row, reference: 'r-2', amount: -5 }, { ...row, reference: 'r-3', colour: 'red' }, row];
    const results = await commands.execute({ type: 'ImportPayments', rows }, contextOf());
    expect(results).toMatchObject([
      { ok: true, receipt: { payment: { status: 'completed', captured: 500n, imported: true } } },
      { ok: false, rejection: { code: 'amount_not_positive' } },
      { ok: false, failure: { code: 'INVALID_MESSAGE' } },
      { ok: false, rejection: { code: 'payment_exists', details: { sameAmount: true } } },
    ]);
  });

  it('refuse malformed input before anything is done', async () => {
    const { attempt, store } = setUp();
    const bad = attempt({ type: 'CreatePayment', amount: 1.5, currency: 'EURO', reference: 'a\0b' });
    await expect(bad).rejects.toMatchObject({
      code: 'INVALID_MESSAGE',
      issues: [{ path: 'amount' }, { path: 'currency' }, { path: 'reference' }],
    });
    expect(store.events).toHaveLength(0);
  });
});
