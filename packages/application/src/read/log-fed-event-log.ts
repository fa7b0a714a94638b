// The whole event log port, derived from reading the log page by page.

import type { RecordedEvent } from '../events/recorded-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { ReadContext } from '../ports/read-model.ts';
import { inCausalOrder } from './correlation.ts';
import { countEvents } from './event-counts.ts';
import { partOf } from './event-filter.ts';
import { eventCursorOf, searchEvents } from './event-search.ts';
import { trendsOf } from './event-trends.ts';
import { requireKnownPosition, waitUntil } from './freshness.ts';
import { readLog, readWhole, type LogSource } from './log-reader.ts';
import { replayEvents } from './replay.ts';
import { timelineOf } from './timeline.ts';

export interface LogFedEventLogOptions {
  readonly source: LogSource;
  readonly clock: Clock;
}

/** Exact and as fresh as the log, linear in the events of the organization; nothing is kept in memory. */
export function createLogFedEventLog({ source, clock }: LogFedEventLogOptions): EventLog {
  const scopeOf = ({ organizationId }: ReadContext) => ({ organizationId, epoch: source.epoch() });
  const freshEnough = async (context: ReadContext, since: number | null = null): Promise<void> => {
    requireKnownPosition(context, source.epoch());
    if (context.atLeast === null && since === null) return;
    await waitUntil(() => contains(source, context, since), context.timeoutMs, clock);
  };
  const correlated = async (correlationId: string, context: ReadContext): Promise<readonly RecordedEvent[]> => {
    await freshEnough(context);
    const { organizationId } = context;
    const events: RecordedEvent[] = [];
    for await (const event of readLog(source, { organizationId })) {
      if (event.correlationId === correlationId) events.push(event);
    }
    return inCausalOrder(events);
  };

  return {
    readAll: (request) => source.readAll(request),
    history: async ({ paymentId, fromVersion }, context) => {
      await freshEnough(context);
      const { organizationId } = context;
      const events = await readWhole(source, { organizationId, paymentId });
      return events.filter(({ version }) => version >= fromVersion);
    },
    timeline: async ({ paymentId }, context) => {
      await freshEnough(context);
      const { organizationId } = context;
      return timelineOf(await readWhole(source, { organizationId, paymentId }));
    },
    correlationTimeline: async ({ correlationId }, context) => timelineOf(await correlated(correlationId, context)),
    correlation: ({ correlationId }, context) => correlated(correlationId, context),
    search: async (query, context) => {
      await freshEnough(context, eventCursorOf(query, scopeOf(context)));
      const part = partOf(query.filter, context.organizationId);
      const direction = query.descending ? 'backward' : 'forward';
      return searchEvents(readLog(source, { ...part, direction }), query, scopeOf(context));
    },
    statistics: async (query, context) => {
      await freshEnough(context);
      return countEvents(readLog(source, partOf(query.filter, context.organizationId)), query);
    },
    trends: async (query, context) => {
      await freshEnough(context);
      return trendsOf(readLog(source, partOf(query.filter, context.organizationId)), query);
    },
    replay: async (query, context) => {
      await freshEnough(context);
      return replayEvents(source, query, context.organizationId);
    },
  };
}

/** Whether the log holds what the context asks for, and the position where a page before ended. */
async function contains(source: LogSource, { atLeast }: ReadContext, since: number | null): Promise<boolean> {
  if (atLeast !== null && atLeast.position === null) {
    const { organizationId, paymentId } = atLeast;
    const { events } = await source.readAll({ direction: 'backward', from: null, limit: 1, organizationId, paymentId });
    if ((events[0]?.version ?? 0) < atLeast.version) return false;
  }
  const needed = Math.max(atLeast?.position ?? 0, since ?? 0);
  if (needed === 0) return true;
  const { events } = await source.readAll({ direction: 'backward', from: null, limit: 1 });
  return (events[0]?.position ?? 0) >= needed;
}
