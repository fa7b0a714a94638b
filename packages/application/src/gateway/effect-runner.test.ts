import { describe, expect, it } from 'vitest';
import type { GatewayAnswer } from '@paystrata/domain';
import type { PaymentGateway } from '../ports/payment-gateway.ts';
import { createArrayStore } from '../testing/array-store.ts';
import { createCountingIds } from '../testing/known.ts';
import { createMovableClock } from '../testing/movable-clock.ts';
import { createTestApplication } from '../testing/test-application.ts';
import { ledgerBalances } from './sandbox-ledger.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

function setUp(gateway?: (sandbox: PaymentGateway) => PaymentGateway) {
  const store = createArrayStore();
  const clock = createMovableClock();
  const app = createTestApplication({
    store,
    clock,
    ids: createCountingIds(),
    ...(gateway === undefined ? {} : { gateway }),
  });
  const pay = async (method: string, amount = 500) => {
    const { paymentId } = await app.send({ type: 'CreatePayment', amount, currency: 'EUR' });
    return app.send({ type: 'ProcessPayment', paymentId, method });
  };
  const statusOf = async (paymentId: string) => {
    const history = store.events.filter((event) => event.paymentId === paymentId);
    return history.map(({ type }) => type);
  };
  return {
    ...app,
    store,
    clock,
    pay,
    statusOf,
    balance: async () => ledgerBalances(await app.ledger.entries()).get('acme/EUR'),
  };
}

describe('the sandbox', () => {
  it.each([
    ['test_approve', 'completed', 500n],
    ['test_decline_insufficient_funds', 'failed', 0n],
    ['test_timeout_then_approve', 'processing', 500n],
    ['test_wrong_amount', 'processing', 499n],
    ['tok_visa', 'failed', 0n],
  ])('answers %s with %s', async (method, status, captured) => {
    const { pay, balance } = setUp();
    const { payment } = await pay(method);
    expect(payment.status).toBe(status);
    expect(await balance()).toBe(captured);
  });

  it('moves the money of a key once, however often it is called', async () => {
    const { pay, balance } = setUp((sandbox) => ({
      ...sandbox,
      charge: async (call) => (await sandbox.charge(call), sandbox.charge(call)),
    }));
    expect((await pay('test_approve')).payment.status).toBe('completed');
    expect(await balance()).toBe(500n);
  });

  it('lets the method of the charge choose how refunds go', async () => {
    const { pay, send, balance } = setUp();
    const declined = await pay('test_refund_decline_expired_card');
    const refused = await send({ type: 'RefundPayment', paymentId: declined.paymentId, amount: 200 });
    expect(refused.payment).toMatchObject({ status: 'completed', refunds: [{ status: 'failed' }] });
    const approved = await pay('test_approve');
    const refunded = await send({ type: 'RefundPayment', paymentId: approved.paymentId });
    expect(refunded.payment).toMatchObject({ status: 'refunded', refunded: 500n });
    expect(await balance()).toBe(500n);
  });
});

describe('an unknown outcome', () => {
  it('is looked up after a second, and recorded with the correlation and the cause of the command', async () => {
    const { pay, effects, clock, store } = setUp();
    const open = await pay('test_timeout_then_approve');
    expect(await effects.lookUpDue()).toBe(0);
    clock.advance(SECOND);
    expect(await effects.lookUpDue()).toBe(1);
    const [, started, processed] = store.events;
    expect(processed).toMatchObject({ type: 'PaymentProcessed', actor: 'gateway', causationId: started?.eventId });
    expect(processed?.correlationId).toBe(started?.correlationId);
    expect(open.payment.status).toBe('processing');
    clock.advance(HOUR);
    expect(await effects.lookUpDue()).toBe(0);
  });

  it('stays unknown when the gateway throws or does not answer, and is parked after 72 hours of look-ups', async () => {
    let lookups = 0;
    const dead: PaymentGateway = {
      charge: () => Promise.reject(new Error('connection reset')),
      refund: () => new Promise<GatewayAnswer>(() => undefined),
      lookup: async () => (lookups++, { outcome: 'unknown' }),
    };
    const { pay, effects, clock, statusOf } = setUp(() => dead);
    const { paymentId, payment } = await pay('test_approve');
    expect(payment.status).toBe('processing');
    while (!(await statusOf(paymentId)).includes('PaymentParked')) {
      clock.advance(HOUR / 4);
      await effects.lookUpDue();
      expect(lookups).toBeLessThan(100);
    }
    expect(lookups).toBeGreaterThanOrEqual(72);
    expect(await statusOf(paymentId)).toEqual(['PaymentCreated', 'PaymentProcessingStarted', 'PaymentParked']);
  });

  it('is not called failed when the key is not found at once, but after a quarter of an hour', async () => {
    const { pay, effects, clock, statusOf } = setUp((sandbox) => ({
      ...sandbox,
      charge: async () => ({ outcome: 'unknown' }),
    }));
    const { paymentId } = await pay('test_approve');
    clock.advance(SECOND);
    await effects.lookUpDue();
    expect(await statusOf(paymentId)).not.toContain('PaymentFailed');
    clock.advance(HOUR / 4);
    await effects.lookUpDue();
    expect(await statusOf(paymentId)).toContain('PaymentFailed');
  });

  it('is found by another process that starts later', async () => {
    const { pay, clock, store, ledger, statusOf } = setUp();
    const { paymentId } = await pay('test_timeout_then_decline');
    clock.advance(SECOND);
    const other = createTestApplication({ store, clock, ids: createCountingIds(), ledger });
    const keys = await other.strategy.read.awaitingGateway(null, 10);
    expect(keys.map((key) => key.paymentId)).toEqual([paymentId]);
    other.effects.start();
    await other.effects.stop();
    expect(await statusOf(paymentId)).toContain('PaymentFailed');
  });

  it('keeps the payment processing where the answer could not be recorded, and records it when it is looked up', async () => {
    const { send, effects, clock, store, statusOf } = setUp();
    const { paymentId } = await send({ type: 'CreatePayment', amount: 500, currency: 'EUR' });
    store.faults.push(
      (_, commit) => commit(),
      () => Promise.reject(new Error('disk on fire')),
    );
    const open = await send({ type: 'ProcessPayment', paymentId, method: 'test_approve' });
    expect(open.payment.status).toBe('processing');
    clock.advance(SECOND);
    await effects.lookUpDue();
    expect(await statusOf(paymentId)).toEqual(['PaymentCreated', 'PaymentProcessingStarted', 'PaymentProcessed']);
  });

  it('is not waited for by who asked not to wait', async () => {
    const { send, statusOf } = setUp();
    const { paymentId } = await send({ type: 'CreatePayment', amount: 500, currency: 'EUR' });
    const early = await send({ type: 'ProcessPayment', paymentId, method: 'test_approve' }, { respondAsync: true });
    expect(early.payment.status).toBe('processing');
    await expect.poll(() => statusOf(paymentId)).toContain('PaymentProcessed');
  });
});
