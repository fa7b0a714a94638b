// Analytics on the wire.

import type { Analytics, AnalyticsBucket } from '../read/answers.ts';
import { currencyTotalView, type CurrencyTotalView } from './statistics-view.ts';
import { wireInstant } from './wire-values.ts';

export interface AnalyticsBucketView {
  readonly start: string;
  readonly count: number;
  readonly byStatus: Readonly<Partial<Record<string, number>>>;
  readonly byCurrency: Readonly<Record<string, number>>;
  readonly totals: readonly CurrencyTotalView[];
}

/** Durations are milliseconds. */
export interface AnalyticsView {
  readonly totals: readonly CurrencyTotalView[];
  readonly buckets: readonly AnalyticsBucketView[];
  readonly byStatus: Readonly<Partial<Record<string, number>>>;
  readonly byCurrency: Readonly<Record<string, number>>;
  readonly byCustomer: readonly { readonly customer: string; readonly count: number }[];
  readonly successRate: number | null;
  readonly failures: readonly { readonly code: string; readonly count: number }[];
  readonly durations: { readonly p50: number | null; readonly p95: number | null; readonly p99: number | null };
}

export function analyticsView(analytics: Analytics): AnalyticsView {
  const { totals, buckets, byStatus, byCurrency, byCustomer, successRate, failures, durations } = analytics;
  return {
    totals: totals.map(currencyTotalView),
    buckets: buckets.map(bucketView),
    byStatus,
    byCurrency,
    byCustomer,
    successRate,
    failures,
    durations,
  };
}

function bucketView({ start, count, byStatus, byCurrency, totals }: AnalyticsBucket): AnalyticsBucketView {
  return { start: wireInstant(start), count, byStatus, byCurrency, totals: totals.map(currencyTotalView) };
}
