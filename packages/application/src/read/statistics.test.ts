import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, paymentStatuses } from '@paystrata/domain';
import { createStatisticsAggregate, statisticsOf } from './statistics.ts';
import { currencyOf, documentsOf, samplePayment } from './testing/sample-payment.ts';

const anyAmount = fc.bigInt({ min: 0n, max: 2n ** 63n });
const anyPayment = fc
  .record({
    status: fc.constantFrom(...paymentStatuses),
    amount: fc.record({ amount: anyAmount, currency: fc.constantFrom('EUR', 'GBP', 'JPY').map(currencyOf) }),
    captured: anyAmount,
    refunded: anyAmount,
    createdAt: fc.integer({ min: 0, max: 9 }).map(instantOf),
    processedAt: fc.option(fc.integer({ min: 0, max: 9 }).map(instantOf)),
  })
  .map((change) => samplePayment(change));
const range = { from: instantOf(3), to: instantOf(6) };

describe('the aggregate of statistics', () => {
  it('sums exactly, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(anyPayment), (payments) => {
        const aggregate = createStatisticsAggregate();
        for (const payment of payments.toReversed()) aggregate.add(payment);
        const { count, totals, byStatus, byCurrency } = aggregate.read();
        expect(count).toBe(payments.length);
        for (const { currency, ...total } of totals) {
          const own = payments.filter(({ amount }) => amount.currency === currency);
          expect(total).toEqual({
            count: own.length,
            amount: own.reduce((sum, { amount }) => sum + amount.amount, 0n),
            captured: own.reduce((sum, { captured }) => sum + captured, 0n),
            refunded: own.reduce((sum, { refunded }) => sum + refunded, 0n),
          });
        }
        expect(totals.map(({ currency }) => currency)).toEqual(Object.keys(byCurrency).sort());
        expect(Object.values(byStatus).reduce((sum, each) => sum + each, 0)).toBe(payments.length);
      }),
    );
  });

  it('is left as it was by what is added and subtracted again', () => {
    fc.assert(
      fc.property(fc.array(anyPayment), fc.array(anyPayment), (staying, passing) => {
        const aggregate = createStatisticsAggregate();
        for (const payment of staying) aggregate.add(payment);
        const before = aggregate.read();
        for (const payment of passing) aggregate.add(payment);
        for (const payment of passing.toReversed()) aggregate.subtract(payment);
        expect(aggregate.read()).toEqual(before);
      }),
    );
  });

  it('shows statuses in the order of a life', () => {
    const aggregate = createStatisticsAggregate();
    for (const status of paymentStatuses.toReversed()) aggregate.add(samplePayment({ status }));
    expect(Object.keys(aggregate.read().byStatus)).toEqual(paymentStatuses);
  });
});

describe('statistics', () => {
  it('count what was created in the half-open range, and nothing that is deleted', () => {
    fc.assert(
      fc.property(fc.array(anyPayment), (payments) => {
        const answer = statisticsOf(documentsOf(payments), { type: 'PaymentStatistics', range, of: 'created' });
        const expected = payments.filter((p) => p.status !== 'deleted' && p.createdAt >= 3 && p.createdAt < 6);
        expect(answer.count).toBe(expected.length);
        expect(answer.byStatus.deleted).toBeUndefined();
      }),
    );
  });

  it('of processing count what was ever processed', () => {
    const payments = [2, 3, 5, 6, null].map((at) => samplePayment({ processedAt: at === null ? null : instantOf(at) }));
    const count = (within: typeof range | { from: null; to: null }) =>
      statisticsOf(documentsOf(payments), { type: 'PaymentStatistics', range: within, of: 'processed' }).count;
    expect(count(range)).toBe(2);
    expect(count({ from: null, to: null })).toBe(4);
  });

  it('of nothing are empty', () => {
    expect(statisticsOf([], { type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' })).toEqual({
      count: 0,
      byStatus: {},
      byCurrency: {},
      totals: [],
    });
  });
});
