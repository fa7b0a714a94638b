import { describe, expect, it } from 'vitest';
import { instantOf, money } from '@paystrata/domain';
import { sampleEvent } from '../events/testing/sample-events.ts';
import { analyticsOf } from '../read/analytics.ts';
import { everyEvent } from '../read/event-queries.ts';
import { countEvents } from '../read/event-counts.ts';
import { trendsOf } from '../read/event-trends.ts';
import { everyPayment } from '../read/queries.ts';
import { currencyOf, documentsOf, idOf, samplePayment } from '../read/testing/sample-payment.ts';
import { timelineOf } from '../read/timeline.ts';
import { analyticsView } from './analytics-view.ts';
import { eventCountsView, replayView, timelineEntryView, trendView } from './event-answers-view.ts';
import { eventListView, paymentListView, suggestionView, wholeListView } from './list-view.ts';

const at = instantOf(Date.UTC(2026, 0, 15, 12));
const event = { ...sampleEvent('PaymentCancelled'), at, position: 3 };
const payment = samplePayment({ amount: money(2n ** 53n - 1n, currencyOf('JPY')), captured: 5n });

describe('lists on the wire', () => {
  it('have one shape for payments and events', () => {
    const page = { hasMore: true, next: 'abc', total: { value: 2, capped: false } };
    expect(paymentListView({ ...page, payments: documentsOf([payment]) })).toMatchObject({
      ...page,
      data: [{ id: idOf(1), amount: Number.MAX_SAFE_INTEGER, currency: 'JPY' }],
    });
    expect(eventListView({ ...page, events: [event] })).toMatchObject({ ...page, data: [{ position: '3' }] });
    expect(wholeListView([])).toEqual({ data: [], hasMore: false, next: null, total: { value: 0, capped: false } });
  });

  it('show suggestions with text, field and count', () => {
    expect(suggestionView({ text: 'Ada', field: 'customer', count: 2 })).toEqual({
      text: 'Ada',
      field: 'customer',
      count: 2,
    });
  });
});

describe('answers on the wire', () => {
  it('show analytics with totals as decimal strings', () => {
    const query = { type: 'PaymentAnalytics', filter: everyPayment, interval: 'day', timezone: 'UTC' } as const;
    const totals = [{ currency: 'JPY', count: 2, amount: '18014398509481982', captured: '10', refunded: '0' }];
    const counts = { byStatus: { pending: 2 }, byCurrency: { JPY: 2 } };
    expect(analyticsView(analyticsOf(documentsOf([payment, payment]), query))).toEqual({
      totals,
      buckets: [{ start: '2026-01-15T00:00:00.000Z', count: 2, ...counts, totals }],
      ...counts,
      byCustomer: [],
      successRate: 1,
      failures: [],
      durations: { p50: null, p95: null, p99: null },
    });
  });

  it('show counts and trends of events', async () => {
    const byType = { PaymentCancelled: 1 };
    const counts = await countEvents([event], { type: 'EventStatistics', filter: everyEvent, timezone: 'UTC' });
    expect(eventCountsView(counts)).toEqual({
      count: 1,
      byType,
      payments: 1,
      byHour: [{ start: '2026-01-15T12:00:00.000Z', count: 1 }],
      byDay: [{ start: '2026-01-15T00:00:00.000Z', count: 1 }],
      byActor: [{ actor: 'key-1', count: 1 }],
      byPayment: [{ paymentId: event.paymentId, count: 1 }],
    });
    const query = { type: 'EventTrends', filter: everyEvent, interval: 'month', timezone: 'UTC' } as const;
    expect((await trendsOf([event], query)).map(trendView)).toEqual([
      { start: '2026-01-01T00:00:00.000Z', count: 1, byType },
    ]);
  });

  it('show timelines and replays', () => {
    const { paymentId, version, type, actor, correlationId } = event;
    expect(timelineOf([event]).map(timelineEntryView)).toEqual([
      {
        ...{ timestamp: '2026-01-15T12:00:00.000Z', paymentId, version, type, actor, correlationId },
        ...{ text: 'Cancelled: ordered twice', gap: 0 },
      },
    ]);
    const byType = { PaymentCancelled: 1 };
    expect(replayView({ events: 1, payments: 1, byType, steps: [{ event, payment }] })).toMatchObject({
      ...{ events: 1, payments: 1, byType },
      steps: [{ event: { eventId: event.eventId }, payment: { id: payment.id } }],
    });
  });
});
