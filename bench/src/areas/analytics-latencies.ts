// How long analytics of an index take: by day, of a year and of thirty days somewhere in it.

import {
  everyPayment,
  instantOf,
  type OrganizationId,
  type PaymentAnalytics,
  type PaymentFilter,
} from '@paystrata/application';
import type { PaymentIndex } from '@paystrata/infra-inmemory';
import { YEAR_BEGIN, YEAR_MS } from '../data/payments.ts';
import { createRandom } from '../data/random.ts';
import { measureLatency, type LatencyRow } from '../harness/latency.ts';

const MONTH_MS = 30 * 24 * 3600 * 1000;

export function analyticsLatencies(index: PaymentIndex, organizationId: OrganizationId): readonly LatencyRow[] {
  const random = createRandom(5);
  const months = Array.from({ length: 50 }, () => {
    const from = YEAR_BEGIN + random.below(YEAR_MS - MONTH_MS);
    return { ...everyPayment, created: { from: instantOf(from), to: instantOf(from + MONTH_MS) } };
  });
  const asking = (filters: readonly PaymentFilter[]) =>
    filters.map((filter) => () => index.analytics(organizationId, byDay(filter)));
  return [
    measureLatency('analytics, a year', asking(Array.from({ length: 20 }, () => everyPayment)), 20),
    measureLatency('analytics, thirty days', asking(months), 50),
    measureLatency('analytics, thirty days, failed', asking(months.map(failed)), 50),
  ];
}

function byDay(filter: PaymentFilter): PaymentAnalytics {
  return { type: 'PaymentAnalytics', filter, interval: 'day', timezone: 'UTC' };
}

function failed(filter: PaymentFilter): PaymentFilter {
  return { ...filter, statuses: ['failed'] };
}
