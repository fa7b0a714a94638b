// Adding up statistics of payments that are apart.

import { statisticsFrom, type CurrencyTotal, type Statistics } from '@paystrata/application';
import { paymentStatuses, type Currency, type PaymentStatus } from '@paystrata/domain';

export const noStatistics: Statistics = Object.freeze({ count: 0, byStatus: {}, byCurrency: {}, totals: [] });

/** Exact; in the order that statistics are answered in. */
export function addStatistics(parts: readonly Statistics[]): Statistics {
  const statuses = new Map<PaymentStatus, number>();
  const sums = new Map<Currency, CurrencyTotal>();
  for (const { byStatus, totals } of parts) {
    for (const status of paymentStatuses) {
      const count = byStatus[status];
      if (count !== undefined) statuses.set(status, (statuses.get(status) ?? 0) + count);
    }
    for (const total of totals) sums.set(total.currency, added(sums.get(total.currency), total));
  }
  return statisticsFrom(statuses, sums.values());
}

function added(sum: CurrencyTotal | undefined, total: CurrencyTotal): CurrencyTotal {
  if (sum === undefined) return total;
  return {
    currency: total.currency,
    count: sum.count + total.count,
    amount: sum.amount + total.amount,
    captured: sum.captured + total.captured,
    refunded: sum.refunded + total.refunded,
  };
}
