// Counting and adding up payments, exactly. One aggregate serves a scan as well as a projection kept up to date.

import { paymentStatuses, type Currency, type Payment, type PaymentStatus } from '@paystrata/domain';
import type { CurrencyTotal, PaymentDocument, Statistics } from './answers.ts';
import { compareCodePoints } from './code-point-order.ts';
import type { PaymentStatistics } from './queries.ts';

/** Counts and sums of the payments in it. Subtracting a payment as it was added is the exact inverse. */
export interface StatisticsAggregate {
  add(payment: Payment): void;
  subtract(payment: Payment): void;
  read(): Statistics;
}

/** An aggregate of no payments. It takes whatever it is given: leave out what `isCounted` refuses. */
export function createStatisticsAggregate(): StatisticsAggregate {
  const statuses = new Map<PaymentStatus, number>();
  const sums = new Map<Currency, CurrencyTotal>();
  const shift = (payment: Payment, by: 1 | -1) => {
    const { status, amount } = payment;
    keep(statuses, status, (statuses.get(status) ?? 0) + by);
    const sum = shifted(sums.get(amount.currency), payment, by);
    if (sum.count === 0) sums.delete(amount.currency);
    else sums.set(amount.currency, sum);
  };
  return {
    add: (payment) => shift(payment, 1),
    subtract: (payment) => shift(payment, -1),
    read: () => statisticsFrom(statuses, [...sums.values()]),
  };
}

/** Deleted payments are in no statistics. */
export function isCounted(payment: Payment): boolean {
  return payment.status !== 'deleted';
}

/**
 * Statistics of the payments whose instant of creation, or of processing, lies in the range. A payment that was never
 * processed is in no range of processing, not even in the open one.
 */
export function statisticsOf(documents: Iterable<PaymentDocument>, { range, of }: PaymentStatistics): Statistics {
  const aggregate = createStatisticsAggregate();
  for (const { payment } of documents) {
    const instant = of === 'created' ? payment.createdAt : payment.processedAt;
    if (instant === null || !isCounted(payment)) continue;
    if (range.from !== null && instant < range.from) continue;
    if (range.to !== null && instant >= range.to) continue;
    aggregate.add(payment);
  }
  return aggregate.read();
}

function keep<Key>(counts: Map<Key, number>, key: Key, count: number): void {
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

function shifted(sum: CurrencyTotal | undefined, payment: Payment, by: 1 | -1): CurrencyTotal {
  const factor = BigInt(by);
  return {
    currency: payment.amount.currency,
    count: (sum?.count ?? 0) + by,
    amount: (sum?.amount ?? 0n) + factor * payment.amount.amount,
    captured: (sum?.captured ?? 0n) + factor * payment.captured,
    refunded: (sum?.refunded ?? 0n) + factor * payment.refunded,
  };
}

/** Statistics as they are answered: statuses in their own order, currencies by code. */
export function statisticsFrom(counts: ReadonlyMap<PaymentStatus, number>, sums: Iterable<CurrencyTotal>): Statistics {
  const totals = [...sums].sort((a, b) => compareCodePoints(a.currency, b.currency));
  const byStatus: Partial<Record<PaymentStatus, number>> = {};
  for (const status of paymentStatuses) {
    const count = counts.get(status);
    if (count !== undefined) byStatus[status] = count;
  }
  return {
    count: totals.reduce((all, { count }) => all + count, 0),
    byStatus,
    byCurrency: Object.fromEntries(totals.map(({ currency, count }) => [currency, count])),
    totals,
  };
}
