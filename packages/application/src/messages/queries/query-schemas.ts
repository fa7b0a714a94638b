// Every query there is, with what it looks like.

import type { z } from 'zod';
import { correlationTimelineSchema, eventCorrelationSchema } from './event-correlation.ts';
import { eventStatisticsSchema, eventTrendsSchema } from './event-statistics.ts';
import { getPaymentSchema } from './get-payment.ts';
import { paymentAnalyticsSchema } from './payment-analytics.ts';
import { paymentHistorySchema, paymentTimelineSchema } from './payment-history.ts';
import { paymentStatisticsSchema } from './payment-statistics.ts';
import { replayEventsSchema } from './replay-events.ts';
import { searchEventsSchema } from './search-events.ts';
import { searchPaymentsSchema } from './search-payments.ts';
import { suggestPaymentsSchema } from './suggest-payments.ts';

/** What each query looks like; the API's documentation is made from these. */
export const querySchemas = {
  GetPayment: getPaymentSchema,
  SearchPayments: searchPaymentsSchema,
  SuggestPayments: suggestPaymentsSchema,
  PaymentStatistics: paymentStatisticsSchema,
  PaymentAnalytics: paymentAnalyticsSchema,
  PaymentHistory: paymentHistorySchema,
  PaymentTimeline: paymentTimelineSchema,
  CorrelationTimeline: correlationTimelineSchema,
  EventCorrelation: eventCorrelationSchema,
  SearchEvents: searchEventsSchema,
  EventStatistics: eventStatisticsSchema,
  EventTrends: eventTrendsSchema,
  ReplayEvents: replayEventsSchema,
} as const;

export type QueryType = keyof typeof querySchemas;
/** What may be handed in for a query: defaults may be left out. */
export type QueryInput<Type extends QueryType> = z.input<(typeof querySchemas)[Type]>;
