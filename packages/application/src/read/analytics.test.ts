import { describe, expect, it } from 'vitest';
import { instantOf, money, type FailureCode, type Payment } from '@paystrata/domain';
import { analyticsOf } from './analytics.ts';
import { everyPayment, type PaymentAnalytics } from './queries.ts';
import { currencyOf, documentsOf, instant, samplePayment } from './testing/sample-payment.ts';

const query: PaymentAnalytics = { type: 'PaymentAnalytics', filter: everyPayment, interval: 'day', timezone: 'UTC' };
const analyze = (payments: readonly Partial<Payment>[], change: Partial<PaymentAnalytics> = {}) =>
  analyticsOf(documentsOf(payments.map((payment, number) => samplePayment({ ...payment, number }))), {
    ...query,
    ...change,
  });
const failed = (code: FailureCode): Partial<Payment> => ({
  status: 'failed',
  failure: { code, declineCode: null, retryable: true },
});
const captured = { status: 'completed', captured: 100n } as const;
const completedAfter = (milliseconds: number): Partial<Payment> => ({
  ...captured,
  createdAt: instantOf(0),
  processedAt: instantOf(milliseconds),
});
const customer = (name: string | null, email: string | null = null): Partial<Payment> => ({
  personal: { customer: { name, email }, description: null, metadata: {} },
});

describe('analytics', () => {
  it('of nothing say so', () => {
    expect(analyze([])).toEqual({
      totals: [],
      buckets: [],
      byStatus: {},
      byCurrency: {},
      byCustomer: [],
      successRate: null,
      failures: [],
      durations: { p50: null, p95: null, p99: null },
    });
  });

  it('put every payment found into one bucket, without gaps between the first and the last', () => {
    const days = ['2026-03-28', '2026-03-28', '2026-03-31'].map((day) => ({ createdAt: instant(`${day}T12:00:00Z`) }));
    const { buckets, totals } = analyze(days, { timezone: 'Europe/Paris' });
    expect(buckets.map(({ start, count }) => [new Date(start).toISOString(), count])).toEqual([
      ['2026-03-27T23:00:00.000Z', 2],
      ['2026-03-28T23:00:00.000Z', 0],
      ['2026-03-29T22:00:00.000Z', 0],
      ['2026-03-30T22:00:00.000Z', 1],
    ]);
    expect(buckets[0]?.totals).toEqual([{ currency: 'EUR', count: 2, amount: 200n, captured: 0n, refunded: 0n }]);
    expect(buckets[1]).toMatchObject({ totals: [], byStatus: {}, byCurrency: {} });
    expect(totals).toMatchObject([{ count: 3, amount: 300n }]);
  });

  it('refuse more than a thousand buckets', () => {
    const span = (days: number) => [{ createdAt: instantOf(0) }, { createdAt: instantOf(days * 86_400_000) }];
    expect(analyze(span(999)).buckets).toHaveLength(1000);
    expect(() => analyze(span(1000))).toThrow(
      expect.objectContaining({ code: 'INVALID_MESSAGE', issues: [expect.objectContaining({ path: 'interval' })] }),
    );
    expect(analyze(span(1000), { interval: 'month' }).buckets).toHaveLength(33);
  });

  it('take every filter of the search', () => {
    const payments = [{ userId: 'u1' }, { amount: money(5n, currencyOf('JPY')) }, { status: 'deleted' as const }];
    expect(analyze(payments).byCurrency).toEqual({ EUR: 1, JPY: 1 });
    expect(analyze(payments, { filter: { ...everyPayment, userId: 'u1' } }).byCurrency).toEqual({ EUR: 1 });
    expect(analyze(payments, { filter: { ...everyPayment, statuses: ['deleted'] } }).byStatus).toEqual({ deleted: 1 });
  });

  it('rate success among what was captured or failed', () => {
    expect(analyze([captured, captured, captured, failed('card_declined'), {}]).successRate).toBe(0.75);
    expect(analyze([{}, { status: 'processing' }]).successRate).toBeNull();
    expect(analyze([failed('lost_card')]).successRate).toBe(0);
    expect(analyze([{ ...failed('lost_card'), captured: 1n }]).successRate).toBe(1);
  });

  it('count failures by code, most frequent first', () => {
    const payments = ['lost_card', 'expired_card', 'card_declined', 'expired_card'] as const;
    expect(analyze([...payments.map(failed), captured]).failures).toEqual([
      { code: 'expired_card', count: 2 },
      { code: 'card_declined', count: 1 },
      { code: 'lost_card', count: 1 },
    ]);
  });

  it('measure durations to the nearest rank, without what was imported', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => completedAfter(index + 1));
    expect(analyze(hundred).durations).toEqual({ p50: 50, p95: 95, p99: 99 });
    expect(analyze([completedAfter(7), { ...completedAfter(99), imported: true }]).durations.p99).toBe(7);
  });

  it('name the customers with most payments, by name or else by email address', () => {
    const payments = [
      customer('Bo'),
      customer('Al'),
      customer('Cy'),
      customer('Cy'),
      customer(null, 'x@y.example'),
      {},
    ];
    expect(analyze(payments).byCustomer).toEqual([
      { customer: 'Cy', count: 2 },
      { customer: 'Al', count: 1 },
      { customer: 'Bo', count: 1 },
      { customer: 'x@y.example', count: 1 },
    ]);
    const many = Array.from({ length: 30 }, (_, index) => customer(`n${index}`));
    expect(analyze(many).byCustomer).toHaveLength(20);
  });
});
