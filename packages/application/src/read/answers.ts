// What the queries answer. Amounts are exact; totals are lists, one entry a currency, in the order of the codes.

import type { Currency, FailureCode, Instant, Payment, PaymentStatus } from '@paystrata/domain';
import type { SuggestionField } from './queries.ts';

/** A payment with the position of the last event that it contains. */
export interface PaymentDocument {
  readonly payment: Payment;
  readonly position: number;
}

/** Exact up to the cap; beyond it `capped` is true and `value` is the cap. */
export interface CappedCount {
  readonly value: number;
  readonly capped: boolean;
}

export const COUNT_CAP = 10_000;

export interface SearchPage {
  readonly payments: readonly PaymentDocument[];
  readonly hasMore: boolean;
  /** The cursor of the next page; null where there is none. */
  readonly next: string | null;
  readonly total: CappedCount;
}

export interface Suggestion {
  readonly text: string;
  readonly field: SuggestionField;
  /** Payments that have it. */
  readonly count: number;
}

export interface CurrencyTotal {
  readonly currency: Currency;
  readonly count: number;
  readonly amount: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
}

/** Deleted payments are not counted. */
export interface Statistics {
  readonly count: number;
  readonly byStatus: Readonly<Partial<Record<PaymentStatus, number>>>;
  readonly byCurrency: Readonly<Record<string, number>>;
  readonly totals: readonly CurrencyTotal[];
}

export interface AnalyticsBucket extends Statistics {
  readonly start: Instant;
}

/** Nearest-rank percentiles in milliseconds from created to completed; null where no payment counts. */
export interface Durations {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export interface Analytics {
  readonly totals: readonly CurrencyTotal[];
  /** From the first payment's bucket to the last one's without gaps, by creation; at most 1,000. */
  readonly buckets: readonly AnalyticsBucket[];
  readonly byStatus: Readonly<Partial<Record<PaymentStatus, number>>>;
  readonly byCurrency: Readonly<Record<string, number>>;
  /** The twenty customers with most payments, by name; ties in the order of code points. */
  readonly byCustomer: readonly { readonly customer: string; readonly count: number }[];
  /** Captured ÷ (captured + failed), of the payments found; null where there is neither. */
  readonly successRate: number | null;
  /** Most frequent first, then by code. */
  readonly failures: readonly { readonly code: FailureCode; readonly count: number }[];
  readonly durations: Durations;
}
