// The questions that can be asked of the event log, with one meaning on every strategy.

import type { Instant, Payment, PaymentEventType, PaymentId } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';
import type { CappedCount } from './answers.ts';
import type { Interval, TimeRange } from './queries.ts';

export const criterionOperators = ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'contains'] as const;
export type CriterionOperator = (typeof criterionOperators)[number];

/** A condition on the event's data as it is shown on the wire, such as `amount.currency eq EUR`; see `event-criteria.ts`. */
export interface Criterion {
  /** Keys joined by dots. */
  readonly path: string;
  readonly operator: CriterionOperator;
  /** A list with `in`, else a single value. */
  readonly value: string | number | boolean | readonly (string | number | boolean)[];
}

export interface EventFilter {
  readonly types: readonly PaymentEventType[];
  readonly paymentId: PaymentId | null;
  readonly actor: string | null;
  readonly correlationId: string | null;
  readonly recorded: TimeRange;
  readonly criteria: readonly Criterion[];
  /** Full text over the data, tokenized as payments are. */
  readonly text: string | null;
}

const anyTime: TimeRange = Object.freeze({ from: null, to: null });

/** The filter that restricts nothing. */
export const everyEvent: EventFilter = Object.freeze({
  types: [],
  paymentId: null,
  actor: null,
  correlationId: null,
  recorded: anyTime,
  criteria: [],
  text: null,
});

export interface PaymentHistory {
  readonly type: 'PaymentHistory';
  readonly paymentId: PaymentId;
  /** From this version on, 1 being the first. */
  readonly fromVersion: number;
}

export interface PaymentTimeline {
  readonly type: 'PaymentTimeline';
  readonly paymentId: PaymentId;
}

export interface CorrelationTimeline {
  readonly type: 'CorrelationTimeline';
  readonly correlationId: string;
}

/** Which events share a correlation, in causal order. */
export interface EventCorrelation {
  readonly type: 'EventCorrelation';
  readonly correlationId: string;
}

export interface SearchEvents {
  readonly type: 'SearchEvents';
  readonly filter: EventFilter;
  readonly descending: boolean;
  readonly limit: number;
  readonly cursor: string | null;
}

export interface EventStatistics {
  readonly type: 'EventStatistics';
  readonly filter: EventFilter;
  readonly timezone: string;
}

export interface EventTrends {
  readonly type: 'EventTrends';
  readonly filter: EventFilter;
  readonly interval: Interval;
  readonly timezone: string;
}

/** Folds events again, step by step, without touching the store. */
export interface ReplayEvents {
  readonly type: 'ReplayEvents';
  readonly filter: EventFilter;
  /** With a payment: show the steps from this version on. */
  readonly fromVersion: number;
  /** At most so many steps are shown; all events are counted. */
  readonly limit: number;
}

export interface EventPage {
  readonly events: readonly RecordedEvent[];
  readonly hasMore: boolean;
  /** The cursor of the next page; null where there is none. */
  readonly next: string | null;
  /** Of all pages together. */
  readonly total: CappedCount;
}

export interface EventCounts {
  readonly count: number;
  readonly byType: Readonly<Partial<Record<PaymentEventType, number>>>;
  /** Payments with events among them. */
  readonly payments: number;
  /** Instants at which an hour begins, with the number of events in it; likewise for days. */
  readonly byHour: readonly { readonly start: Instant; readonly count: number }[];
  readonly byDay: readonly { readonly start: Instant; readonly count: number }[];
  readonly byActor: readonly { readonly actor: string; readonly count: number }[];
  /** The payments with most events, at most twenty. */
  readonly byPayment: readonly { readonly paymentId: PaymentId; readonly count: number }[];
}

export interface Trend {
  readonly start: Instant;
  readonly count: number;
  readonly byType: Readonly<Partial<Record<PaymentEventType, number>>>;
}

/** One line of a timeline: an event in words, with the time since the line before. */
export interface TimelineEntry {
  readonly at: Instant;
  readonly paymentId: PaymentId;
  readonly version: number;
  readonly type: PaymentEventType;
  /** Such as "Attempt a1 declined: insufficient_funds". */
  readonly text: string;
  readonly actor: string;
  readonly correlationId: string;
  /** Milliseconds since the entry before; 0 for the first. */
  readonly gap: number;
}

export interface ReplayStep {
  readonly event: RecordedEvent;
  /** The payment after the event. */
  readonly payment: Payment;
}

export interface Replay {
  readonly steps: readonly ReplayStep[];
  readonly events: number;
  readonly payments: number;
  readonly byType: Readonly<Partial<Record<PaymentEventType, number>>>;
}
