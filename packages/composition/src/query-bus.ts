// The query bus with every question on it.

import {
  createMessageBus,
  querySchemas,
  validation,
  type EventLog,
  type MessageBus,
  type Middleware,
  type QueryContext,
  type QueryInput,
  type QueryType,
  type ReadModel,
  type Strategy,
} from '@paystrata/application';
import type { z } from 'zod';

type Asks = {
  readonly GetPayment: ReadModel['get'];
  readonly SearchPayments: ReadModel['search'];
  readonly SuggestPayments: ReadModel['suggestions'];
  readonly PaymentStatistics: ReadModel['statistics'];
  readonly PaymentAnalytics: ReadModel['analytics'];
  readonly PaymentHistory: EventLog['history'];
  readonly PaymentTimeline: EventLog['timeline'];
  readonly CorrelationTimeline: EventLog['correlationTimeline'];
  readonly EventCorrelation: EventLog['correlation'];
  readonly SearchEvents: EventLog['search'];
  readonly EventStatistics: EventLog['statistics'];
  readonly EventTrends: EventLog['trends'];
  readonly ReplayEvents: EventLog['replay'];
};

/** Input, message and answer of each query. */
export type QueryMap = {
  readonly [Type in QueryType]: {
    readonly input: QueryInput<Type>;
    readonly message: z.output<(typeof querySchemas)[Type]>;
    readonly result: Awaited<ReturnType<Asks[Type]>>;
  };
};

export type QueryBus = MessageBus<QueryMap, QueryContext>;

/** All queries, with the given middleware around them and validation innermost. */
export function createQueryBus({ read, log }: Strategy, middleware: readonly Middleware<QueryContext>[]): QueryBus {
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
