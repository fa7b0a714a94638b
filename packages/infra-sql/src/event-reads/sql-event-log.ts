// The event log's questions, answered from tables that follow the log; what is about one payment, from the log itself.

import {
  createLogFedEventLog,
  eventCursorOf,
  everyEvent,
  inCausalOrder,
  requireKnownPosition,
  timelineOf,
  waitUntil,
  type Clock,
  type EventLog,
  type LogSource,
  type ReadContext,
  type RecordedEvent,
} from '@paystrata/application';
import type { Projector } from '../reads/projecting/projector.ts';
import { eventStatistics, eventTrends } from './count-events.ts';
import { eachMatching, findEvents } from './search-events.ts';

export interface SqlEventLogOptions {
  readonly source: LogSource;
  readonly clock: Clock;
  /** Of a projection that has the tables of events. */
  readonly projector: Projector;
  /** The last position of the log. */
  readonly head: () => Promise<number>;
}

/** Answers what was committed before it was asked: what the tables lack yet is projected first. */
export function createSqlEventLog({ source, clock, projector, head }: SqlEventLogOptions): EventLog {
  const derived = createLogFedEventLog({ source, clock });

  const freshEnough = async (context: ReadContext, since = 0): Promise<void> => {
    const { atLeast } = context;
    requireKnownPosition(context, source.epoch());
    // Where a position is known only once it is projected, the log itself is asked first.
    if (atLeast !== null && atLeast.position === null) {
      await derived.history({ type: 'PaymentHistory', paymentId: atLeast.paymentId, fromVersion: 1 }, context);
    }
    const wanted = Math.max(await head(), since, atLeast?.position ?? 0);
    const reached = async () => projector.position() >= wanted;
    if (await reached()) return;
    await waitUntil(() => projector.catchUp().then(reached), context.timeoutMs, clock);
  };
  const correlated = async (correlationId: string, context: ReadContext): Promise<readonly RecordedEvent[]> => {
    await freshEnough(context);
    const filter = { ...everyEvent, correlationId };
    return projector.read(async (session) => {
      const events: RecordedEvent[] = [];
      for await (const event of eachMatching(session, context.organizationId, filter)) events.push(event);
      return inCausalOrder(events);
    });
  };

  return {
    ...derived,
    correlation: ({ correlationId }, context) => correlated(correlationId, context),
    correlationTimeline: async ({ correlationId }, context) => timelineOf(await correlated(correlationId, context)),
    search: async (query, context) => {
      const scope = { organizationId: context.organizationId, epoch: source.epoch() };
      await freshEnough(context, eventCursorOf(query, scope) ?? 0);
      return projector.read((session) => findEvents(session, query, scope));
    },
    statistics: async (query, context) => {
      await freshEnough(context);
      return projector.read((session) => eventStatistics(session, context.organizationId, query));
    },
    trends: async (query, context) => {
      await freshEnough(context);
      return projector.read((session) => eventTrends(session, context.organizationId, query));
    },
  };
}
