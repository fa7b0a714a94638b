// The committed events of a strategy: history, search, replay. The log is also the outbox and the audit.

import type { RecordedEvent } from '../events/recorded-event.ts';
import type {
  CorrelationTimeline,
  EventCorrelation,
  EventCounts,
  EventPage,
  EventStatistics,
  EventTrends,
  PaymentHistory,
  PaymentTimeline,
  Replay,
  ReplayEvents,
  SearchEvents,
  TimelineEntry,
  Trend,
} from '../read/event-queries.ts';
import type { LogPage, LogRequest } from './payment-store.ts';
import type { ReadContext } from './read-model.ts';

/** Throws as `ReadModel` does. */
export interface EventLog {
  /** The log itself, for feeds and projections; see `PaymentStore`. */
  readAll(request: LogRequest): Promise<LogPage>;
  /** In the order of versions; empty where the payment is unknown. */
  history(query: PaymentHistory, context: ReadContext): Promise<readonly RecordedEvent[]>;
  timeline(query: PaymentTimeline, context: ReadContext): Promise<readonly TimelineEntry[]>;
  correlationTimeline(query: CorrelationTimeline, context: ReadContext): Promise<readonly TimelineEntry[]>;
  /** In causal order: a cause before its effects, else by position. */
  correlation(query: EventCorrelation, context: ReadContext): Promise<readonly RecordedEvent[]>;
  search(query: SearchEvents, context: ReadContext): Promise<EventPage>;
  statistics(query: EventStatistics, context: ReadContext): Promise<EventCounts>;
  trends(query: EventTrends, context: ReadContext): Promise<readonly Trend[]>;
  replay(query: ReplayEvents, context: ReadContext): Promise<Replay>;
}
