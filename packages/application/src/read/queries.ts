// The questions that can be asked of payments, with one meaning on every strategy. Ranges of time: `from` included, `to` not.

import type { Currency, Instant, PaymentId, PaymentStatus } from '@paystrata/domain';

/** Half-open: `from` is included, `to` is not; null: open. */
export interface TimeRange {
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** All that is given must hold; an empty list or null does not restrict. Deleted payments are found by status only. */
export interface PaymentFilter {
  readonly statuses: readonly PaymentStatus[];
  readonly currencies: readonly Currency[];
  /** Minor units, both ends included; with them, `currencies` names exactly one. */
  readonly minAmount: bigint | null;
  readonly maxAmount: bigint | null;
  readonly created: TimeRange;
  readonly updated: TimeRange;
  readonly processed: TimeRange;
  readonly reference: string | null;
  /** The customer's id, name or email address, exactly. */
  readonly customer: string | null;
  readonly userId: string | null;
  readonly workflowId: string | null;
  readonly resourceId: string | null;
  /** Every pair must be there. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Tokens that must all be there, the last one as a prefix; see `text-tokens.ts`. */
  readonly text: string | null;
}

const anyTime: TimeRange = Object.freeze({ from: null, to: null });

/** The filter that restricts nothing. */
export const everyPayment: PaymentFilter = Object.freeze({
  statuses: [],
  currencies: [],
  minAmount: null,
  maxAmount: null,
  created: anyTime,
  updated: anyTime,
  processed: anyTime,
  reference: null,
  customer: null,
  userId: null,
  workflowId: null,
  resourceId: null,
  metadata: {},
  text: null,
});

export const sortKeys = ['created', 'updated', 'amount', 'status'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Sort {
  readonly by: SortKey;
  readonly descending: boolean;
}

export interface SearchPayments {
  readonly type: 'SearchPayments';
  readonly filter: PaymentFilter;
  readonly sort: Sort;
  /** 1 to 100. */
  readonly limit: number;
  /** Where the page before ended; excludes `page`. */
  readonly cursor: string | null;
  /** Counted from 1; excludes `cursor`. */
  readonly page: number | null;
}

/** The payment now, at a version, or as it was at an instant. */
export interface GetPayment {
  readonly type: 'GetPayment';
  readonly paymentId: PaymentId;
  readonly asOf: { readonly version: number } | { readonly instant: Instant } | null;
}

export const suggestionFields = ['customer', 'reference', 'description'] as const;
export type SuggestionField = (typeof suggestionFields)[number];

export interface SuggestPayments {
  readonly type: 'SuggestPayments';
  readonly prefix: string;
  /** Null: all fields. */
  readonly field: SuggestionField | null;
  readonly limit: number;
}

export interface PaymentStatistics {
  readonly type: 'PaymentStatistics';
  readonly range: TimeRange;
  /** Which instant of a payment the range is about. */
  readonly of: 'created' | 'processed';
}

export const intervals = ['hour', 'day', 'week', 'month'] as const;
export type Interval = (typeof intervals)[number];

export interface PaymentAnalytics {
  readonly type: 'PaymentAnalytics';
  readonly filter: PaymentFilter;
  readonly interval: Interval;
  /** An IANA time zone; weeks begin on Monday. */
  readonly timezone: string;
}
