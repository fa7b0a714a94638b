// What a set of payments looks like over time: buckets, totals, success, failures, durations.

import type { FailureCode, Instant, Payment } from '@paystrata/domain';
import type { Analytics, AnalyticsBucket, Durations, PaymentDocument } from './answers.ts';
import { bucketEdges, bucketFinder } from './buckets.ts';
import { compareCodePoints } from './code-point-order.ts';
import { compileFilter } from './filter.ts';
import { nearestRank } from './percentiles.ts';
import type { PaymentAnalytics } from './queries.ts';
import { createStatisticsAggregate, type StatisticsAggregate } from './statistics.ts';

/** How many customers are named. */
export const TOP_CUSTOMERS = 20;

/**
 * Analytics of the payments that the filter finds.
 *
 * @throws InvalidMessage where they need more than 1,000 buckets.
 */
export function analyticsOf(documents: Iterable<PaymentDocument>, query: PaymentAnalytics): Analytics {
  const isFound = compileFilter(query.filter);
  const found: Payment[] = [];
  const all = createStatisticsAggregate();
  for (const { payment } of documents) {
    if (!isFound(payment)) continue;
    found.push(payment);
    all.add(payment);
  }
  const { totals, byStatus, byCurrency } = all.read();
  return {
    totals,
    buckets: bucketsOf(found, query),
    byStatus,
    byCurrency,
    byCustomer: customersOf(found),
    successRate: successRateOf(found),
    failures: failuresOf(found),
    durations: durationsOf(found),
  };
}

/** Captured ÷ (captured + failed). Failed: nothing was captured and the last attempt failed. */
export function successRateOf(payments: readonly Payment[]): number | null {
  const captured = payments.filter((payment) => payment.captured > 0n).length;
  const failed = payments.filter(hasFailed).length;
  return captured + failed === 0 ? null : captured / (captured + failed);
}

/** From created to completed. What was settled outside says nothing about it. */
export function durationsOf(payments: readonly Payment[]): Durations {
  const sorted = payments
    .flatMap(({ imported, createdAt, processedAt }) =>
      imported || processedAt === null ? [] : [processedAt - createdAt],
    )
    .sort((a, b) => a - b);
  return { p50: nearestRank(sorted, 50), p95: nearestRank(sorted, 95), p99: nearestRank(sorted, 99) };
}

function hasFailed(payment: Payment): boolean {
  return payment.captured === 0n && payment.failure !== null;
}

function failuresOf(payments: readonly Payment[]): Analytics['failures'] {
  const codes = payments.flatMap((payment): readonly FailureCode[] =>
    payment.failure !== null && hasFailed(payment) ? [payment.failure.code] : [],
  );
  return ranked(codes).map(([code, count]) => ({ code, count }));
}

/** A customer without a name goes by the email address. */
function customersOf(payments: readonly Payment[]): Analytics['byCustomer'] {
  const names = payments.flatMap(({ personal: { customer } }) => customer?.name ?? customer?.email ?? []);
  return ranked(names)
    .slice(0, TOP_CUSTOMERS)
    .map(([customer, count]) => ({ customer, count }));
}

/** Most frequent first, then by code point. */
function ranked<Text extends string>(texts: readonly Text[]): readonly (readonly [Text, number])[] {
  const counts = new Map<Text, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || compareCodePoints(a, b));
}

function bucketsOf(payments: readonly Payment[], { interval, timezone }: PaymentAnalytics): readonly AnalyticsBucket[] {
  const [one] = payments;
  if (one === undefined) return [];
  let [first, last] = [one.createdAt, one.createdAt];
  for (const { createdAt } of payments) {
    if (createdAt < first) first = createdAt;
    if (createdAt > last) last = createdAt;
  }
  const edges = bucketEdges(first, last, interval, timezone, 'PaymentAnalytics');
  const aggregates = new Map<Instant, StatisticsAggregate>();
  for (const start of edges.slice(0, -1)) aggregates.set(start, createStatisticsAggregate());
  const startOf = bucketFinder(interval, timezone);
  for (const payment of payments) aggregates.get(startOf(payment.createdAt))?.add(payment);
  return [...aggregates].map(([start, aggregate]) => ({ start, ...aggregate.read() }));
}
