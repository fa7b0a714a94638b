// Every question that can be asked, so that a promise about reads is checked on all of them.

import type { ReadContext } from '@paystrata/application';
import type { PaymentId } from '@paystrata/domain';
import { anyEvent } from '../../world/event-reading.ts';
import { always, anyPayment, searchFor } from '../../world/reading.ts';
import type { World } from '../../world/world.ts';

export type Ask = (context: ReadContext) => Promise<unknown>;

/** By name; each is about the payment or the correlation, where it is about one. */
export function everyQuestion(world: World, paymentId: PaymentId, correlationId = 'none'): ReadonlyMap<string, Ask> {
  const { read, log } = world.strategy;
  const zone = { timezone: 'UTC' };
  const asks: Readonly<Record<string, Ask>> = {
    get: (context) => read.get({ type: 'GetPayment', paymentId, asOf: null }, context),
    'get as of a version': (context) => read.get({ type: 'GetPayment', paymentId, asOf: { version: 1 } }, context),
    search: (context) => read.search(searchFor({}), context),
    suggestions: (context) =>
      read.suggestions({ type: 'SuggestPayments', prefix: 'can', field: null, limit: 10 }, context),
    statistics: (context) => read.statistics({ type: 'PaymentStatistics', range: always, of: 'created' }, context),
    analytics: (context) =>
      read.analytics({ type: 'PaymentAnalytics', filter: anyPayment, interval: 'day', ...zone }, context),
    history: (context) => log.history({ type: 'PaymentHistory', paymentId, fromVersion: 1 }, context),
    timeline: (context) => log.timeline({ type: 'PaymentTimeline', paymentId }, context),
    'correlation timeline': (context) =>
      log.correlationTimeline({ type: 'CorrelationTimeline', correlationId }, context),
    correlation: (context) => log.correlation({ type: 'EventCorrelation', correlationId }, context),
    'event search': (context) =>
      log.search({ type: 'SearchEvents', filter: anyEvent, descending: false, limit: 100, cursor: null }, context),
    'event statistics': (context) => log.statistics({ type: 'EventStatistics', filter: anyEvent, ...zone }, context),
    'event trends': (context) =>
      log.trends({ type: 'EventTrends', filter: anyEvent, interval: 'day', ...zone }, context),
    replay: (context) => log.replay({ type: 'ReplayEvents', filter: anyEvent, fromVersion: 1, limit: 100 }, context),
  };
  return new Map(Object.entries(asks));
}
