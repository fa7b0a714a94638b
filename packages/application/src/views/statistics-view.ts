// Statistics on the wire: totals are decimal strings of minor units, because sums outgrow JSON numbers.

import type { OrganizationId } from '@paystrata/domain';
import type { CurrencyTotal, Statistics } from '../read/answers.ts';
import type { TimeRange } from '../read/queries.ts';
import { wireInstant } from './wire-values.ts';

export interface CurrencyTotalView {
  readonly currency: string;
  readonly count: number;
  readonly amount: string;
  readonly captured: string;
  readonly refunded: string;
}

export interface StatisticsView {
  readonly organizationId: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly count: number;
  readonly byStatus: Readonly<Partial<Record<string, number>>>;
  readonly byCurrency: Readonly<Record<string, number>>;
  readonly totals: readonly CurrencyTotalView[];
}

/** With the organization and the range that were asked about. */
export function statisticsView(
  { count, byStatus, byCurrency, totals }: Statistics,
  organizationId: OrganizationId,
  { from, to }: TimeRange,
): StatisticsView {
  return {
    organizationId,
    from: wireInstant(from),
    to: wireInstant(to),
    count,
    byStatus,
    byCurrency,
    totals: totals.map(currencyTotalView),
  };
}

export function currencyTotalView({ currency, count, amount, captured, refunded }: CurrencyTotal): CurrencyTotalView {
  return {
    currency,
    count,
    amount: amount.toString(),
    captured: captured.toString(),
    refunded: refunded.toString(),
  };
}
