// The query bus: every question, answered by the strategy's read model and event log.

import type { z } from 'zod';
import type { QueryContext } from '../buses/context.ts';
import { createMessageBus, type MessageBus, type Middleware } from '../buses/message-bus.ts';
import { validation } from '../buses/middleware/validation.ts';
import type { RecordedEvent } from '../events/recorded-event.ts';
import { querySchemas, type QueryType } from '../messages/queries/query-schemas.ts';
import type { Strategy } from '../ports/strategy.ts';
import type { Analytics, PaymentDocument, SearchPage, Statistics, Suggestion } from '../read/answers.ts';
import type { EventCounts, EventPage, Replay, TimelineEntry, Trend } from '../read/event-queries.ts';

interface Answers {
  readonly GetPayment: PaymentDocument | null;
  readonly SearchPayments: SearchPage;
  readonly SuggestPayments: readonly Suggestion[];
  readonly PaymentStatistics: Statistics;
  readonly PaymentAnalytics: Analytics;
  readonly PaymentHistory: readonly RecordedEvent[];
  readonly PaymentTimeline: readonly TimelineEntry[];
  readonly CorrelationTimeline: readonly TimelineEntry[];
  readonly EventCorrelation: readonly RecordedEvent[];
  readonly SearchEvents: EventPage;
  readonly EventStatistics: EventCounts;
  readonly EventTrends: readonly Trend[];
  readonly ReplayEvents: Replay;
}

type QuerySchemas = typeof querySchemas;

/** Input, message and answer of each query. */
export type QueryMap = {
  readonly [Type in QueryType]: {
    readonly input: z.input<QuerySchemas[Type]>;
    readonly message: z.output<QuerySchemas[Type]>;
    readonly result: Answers[Type];
  };
};

export type QueryBus = MessageBus<QueryMap, QueryContext>;

/** All queries, with the given middleware around them and validation innermost. */
export function createQueryBus(
  { read, log }: Pick<Strategy, 'read' | 'log'>,
  middleware: readonly Middleware<QueryContext>[] = [],
): QueryBus {
  const bus: QueryBus = createMessageBus<QueryMap, QueryContext>();
  for (const each of middleware) bus.use(each);
  bus.use(validation(querySchemas));
  bus.register('GetPayment', (query, context) => read.get(query, context));
  bus.register('SearchPayments', (query, context) => read.search(query, context));
  bus.register('SuggestPayments', (query, context) => read.suggestions(query, context));
  bus.register('PaymentStatistics', (query, context) => read.statistics(query, context));
  bus.register('PaymentAnalytics', (query, context) => read.analytics(query, context));
  bus.register('PaymentHistory', (query, context) => log.history(query, context));
  bus.register('PaymentTimeline', (query, context) => log.timeline(query, context));
  bus.register('CorrelationTimeline', (query, context) => log.correlationTimeline(query, context));
  bus.register('EventCorrelation', (query, context) => log.correlation(query, context));
  bus.register('SearchEvents', (query, context) => log.search(query, context));
  bus.register('EventStatistics', (query, context) => log.statistics(query, context));
  bus.register('EventTrends', (query, context) => log.trends(query, context));
  bus.register('ReplayEvents', (query, context) => log.replay(query, context));
  return bus;
}
