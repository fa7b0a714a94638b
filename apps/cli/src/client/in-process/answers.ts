// The answers of the query bus, shown as the API would show them.

import {
  analyticsView,
  eventCountsView,
  eventListView,
  eventView,
  parseMessage,
  paymentListView,
  paymentView,
  querySchemas,
  replayView,
  statisticsView,
  suggestionView,
  timelineEntryView,
  trendView,
  type OrganizationId,
  type PaymentDocument,
  type PaymentView,
  type QueryMap,
  type QueryType,
} from '@paystrata/application';
import { CommandError } from '../../errors/command-error.ts';
import type { Answers, QueryOf } from '../client.ts';

type Views = {
  readonly [Type in QueryType]: (
    answer: QueryMap[Type]['result'],
    query: QueryOf<Type>,
    organizationId: OrganizationId,
  ) => Answers[Type];
};

/** How each answer is shown. @throws CommandError for a payment that is not there. */
export const views: Views = {
  GetPayment: (document, query) => shownPayment(document, query),
  SearchPayments: (page) => paymentListView(page),
  SuggestPayments: (suggestions) => suggestions.map(suggestionView),
  PaymentStatistics: (statistics, query, organizationId) => statisticsView(statistics, organizationId, rangeOf(query)),
  PaymentAnalytics: (analytics) => analyticsView(analytics),
  PaymentHistory: (events) => events.map(eventView),
  PaymentTimeline: (entries) => entries.map(timelineEntryView),
  CorrelationTimeline: (entries) => entries.map(timelineEntryView),
  EventCorrelation: (events) => events.map(eventView),
  SearchEvents: (page) => eventListView(page),
  EventStatistics: (counts) => eventCountsView(counts),
  EventTrends: (trends) => trends.map(trendView),
  ReplayEvents: (replay) => replayView(replay),
};

function rangeOf(query: QueryOf<'PaymentStatistics'>) {
  return parseMessage(querySchemas.PaymentStatistics, query.type, query).range;
}

/** A payment that was deleted is gone, but it can be looked at as it was. */
function shownPayment(document: PaymentDocument | null, { paymentId, asOf }: QueryOf<'GetPayment'>): PaymentView {
  if (document === null) throw new CommandError('payment_not_found', `there is no payment ${paymentId}`);
  const now = asOf === undefined || asOf === null;
  if (now && document.payment.status === 'deleted') {
    throw new CommandError('payment_deleted', `payment ${paymentId} was deleted`);
  }
  return paymentView(document.payment);
}
