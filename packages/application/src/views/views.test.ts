import { describe, expect, it } from 'vitest';
import { evolve, instantOf, money, paymentEventTypes } from '@paystrata/domain';
import { organizationId, paymentId, sampleEvent } from '../events/testing/sample-events.ts';
import { createStatisticsAggregate } from '../read/statistics.ts';
import { createArrayStore } from '../testing/array-store.ts';
import { createCountingIds, eur } from '../testing/known.ts';
import { createMovableClock } from '../testing/movable-clock.ts';
import { createTestApplication } from '../testing/test-application.ts';
import { eventView } from './event-view.ts';
import { paymentView } from './payment-view.ts';
import { statisticsView } from './statistics-view.ts';
import { wireAmount } from './wire-values.ts';

function setUp() {
  return createTestApplication({ store: createArrayStore(), clock: createMovableClock(), ids: createCountingIds() });
}

describe('a payment on the wire', () => {
  it('has exactly the shape that other programs rely on', async () => {
    const { send } = setUp();
    const customer = { name: 'Ada', email: 'ada@example.org' };
    const created = await send({
      type: 'CreatePayment',
      amount: 12999,
      currency: 'EUR',
      customer,
      description: 'June',
    });
    expect(paymentView(created.payment)).toEqual({
      id: created.paymentId,
      organizationId: 'acme',
      status: 'pending',
      amount: 12999,
      currency: 'EUR',
      captured: 0,
      refunded: 0,
      description: 'June',
      reference: null,
      customer,
      userId: null,
      workflowId: null,
      resourceIds: [],
      metadata: {},
      attempts: [],
      refunds: [],
      needsReview: false,
      failure: null,
      version: 1,
      createdAt: '2026-01-15T12:00:00.000Z',
      updatedAt: '2026-01-15T12:00:00.000Z',
      processedAt: null,
      failedAt: null,
      refundedAt: null,
    });
  });

  it('shows attempts and refunds, and what waits for a person', async () => {
    const { send } = setUp();
    const { paymentId } = await send({ type: 'CreatePayment', amount: 500, currency: 'EUR' });
    const parked = await send({ type: 'ProcessPayment', paymentId, method: 'test_wrong_amount' });
    expect(paymentView(parked.payment)).toMatchObject({
      needsReview: true,
      attempts: [{ id: 'a1', status: 'parked', amount: 500, currency: 'EUR', parked: { reason: 'amount_mismatch' } }],
    });
    await send({ type: 'SettlePayment', paymentId, outcome: 'failed', reason: 'not ours' });
    await send({ type: 'ProcessPayment', paymentId, method: 'test_approve' });
    const refunded = await send({ type: 'RefundPayment', paymentId, amount: 200, reason: 'late' });
    const view = paymentView(refunded.payment);
    expect(view).toMatchObject({ status: 'partially_refunded', captured: 500, refunded: 200, needsReview: false });
    expect(view.refunds).toEqual([
      {
        id: 'r1',
        status: 'succeeded',
        amount: 200,
        currency: 'EUR',
        requestedAt: '2026-01-15T12:00:00.000Z',
        resolvedAt: '2026-01-15T12:00:00.000Z',
        gatewayReference: expect.any(String) as string,
        failure: null,
        parked: null,
        reason: 'late',
      },
    ]);
    expect(view.attempts[1]).toMatchObject({ id: 'a2', status: 'succeeded', method: 'test_approve', parked: null });
  });

  it('refuses an amount that JSON cannot hold exactly', () => {
    expect(wireAmount(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => wireAmount(2n ** 53n)).toThrow(RangeError);
  });
});

describe('an event on the wire', () => {
  it('has exactly the shape that other programs rely on', () => {
    const event = { ...sampleEvent('PaymentProcessed'), position: 12 };
    expect(eventView(event)).toEqual({
      eventId: event.eventId,
      type: 'PaymentProcessed',
      schemaVersion: event.schemaVersion,
      paymentId,
      version: 3,
      position: '12',
      timestamp: '2025-06-15T15:06:40.123Z',
      organizationId,
      actor: 'key-1',
      userId: 'user-7',
      correlationId: 'request-9',
      causationId: 'request-8',
      data: { attemptId: 'a1', captured: { amount: '13000', currency: 'EUR' }, gatewayReference: 'ch_1' },
      metadata: { file: 'june.csv' },
    });
  });

  it.each(paymentEventTypes)('is JSON for %s, with no number where money or time is', (type) => {
    const view = eventView({ ...sampleEvent(type), position: 1 });
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
    const numbers = JSON.stringify(view.data).match(/"(\w+)":-?\d/g) ?? [];
    expect(numbers.filter((found) => !found.startsWith('"personalSize"'))).toEqual([]);
  });
});

describe('statistics on the wire', () => {
  it('write totals as decimal strings, however large', () => {
    const huge = evolve(null, { ...sampleEvent('PaymentCreated'), at: instantOf(0) });
    const aggregate = createStatisticsAggregate();
    for (let n = 0; n < 2; n += 1) aggregate.add({ ...huge, amount: money(9_007_199_254_740_991n, eur) });
    const view = statisticsView(aggregate.read(), organizationId, { from: instantOf(0), to: null });
    expect(view).toEqual({
      organizationId: 'acme',
      from: '1970-01-01T00:00:00.000Z',
      to: null,
      count: 2,
      byStatus: { pending: 2 },
      byCurrency: { EUR: 2 },
      totals: [{ currency: 'EUR', count: 2, amount: '18014398509481982', captured: '0', refunded: '0' }],
    });
  });
});
