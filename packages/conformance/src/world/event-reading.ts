// Questions about events as cases ask them.

import type {
  EventCounts,
  EventFilter,
  EventPage,
  LogPage,
  LogRequest,
  RecordedEvent,
  SearchEvents,
} from '@paystrata/application';
import { always } from './reading.ts';
import type { World } from './world.ts';

export const anyEvent: EventFilter = Object.freeze({
  types: [],
  paymentId: null,
  actor: null,
  correlationId: null,
  recorded: always,
  criteria: [],
  text: null,
});

export async function searchEvents(
  world: World,
  filter: Partial<EventFilter> = {},
  asked: Partial<Omit<SearchEvents, 'type' | 'filter'>> = {},
): Promise<EventPage> {
  const { descending = false, limit = 100, cursor = null } = asked;
  return world.strategy.log.search(
    { type: 'SearchEvents', filter: { ...anyEvent, ...filter }, descending, limit, cursor },
    await world.reading(),
  );
}

export async function countEvents(
  world: World,
  filter: Partial<EventFilter> = {},
  timezone = 'UTC',
): Promise<EventCounts> {
  return world.strategy.log.statistics(
    { type: 'EventStatistics', filter: { ...anyEvent, ...filter }, timezone },
    await world.reading(),
  );
}

/** The whole log, or a part of it, read page by page. */
export async function readAll(world: World, request: Partial<LogRequest> = {}): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let from = request.from ?? null;
  for (;;) {
    const page: LogPage = await world.strategy.log.readAll({ direction: 'forward', limit: 1000, ...request, from });
    events.push(...page.events);
    if (page.end) return events;
    from = page.next;
  }
}
