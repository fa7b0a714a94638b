// Pages of events, found in the tables.

import {
  COUNT_CAP,
  eventCursorOf,
  formatEventCursor,
  searchEvents,
  type EventFilter,
  type EventPage,
  type EventSearchScope,
  type RecordedEvent,
  type SearchEvents,
} from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import type { ProjectionSession } from '../reads/projecting/projection.ts';
import { integer } from '../rows.ts';
import { eventOf } from './event-rows.ts';
import { eventTablesOf } from './event-tables.ts';
import { matchingEvents } from './matching-events.ts';

/** Rows that are read at once where each has to be looked at. */
const CHUNK = 500;

/** @throws PortFailure as `eventCursorOf`. */
export async function findEvents(
  session: ProjectionSession,
  query: SearchEvents,
  scope: EventSearchScope,
): Promise<EventPage> {
  const { filter, descending, limit } = query;
  const { organizationId } = scope;
  if (filter.criteria.length > 0) {
    return searchEvents(eachMatching(session, organizationId, filter, descending), query, scope);
  }
  const after = eventCursorOf(query, scope);
  const count = await countMatching(session, organizationId, filter);
  const found =
    count === 0 ? [] : await pageOf(session, organizationId, filter, { descending, after, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const hasMore = found.length > limit;
  const last = shown.at(-1);
  return {
    events: shown,
    hasMore,
    next: hasMore && last !== undefined ? formatEventCursor(last.position, query, scope) : null,
    total: { value: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP },
  };
}

/** What the tables find, in the order of the log or against it; criteria are not looked at. */
export async function* eachMatching(
  session: ProjectionSession,
  organization: OrganizationId,
  filter: EventFilter,
  descending = false,
): AsyncGenerator<RecordedEvent> {
  let after: number | null = null;
  for (;;) {
    const page: readonly RecordedEvent[] = await pageOf(session, organization, filter, {
      descending,
      after,
      limit: CHUNK,
    });
    yield* page;
    if (page.length < CHUNK) return;
    after = page.at(-1)?.position ?? after;
  }
}

interface Place {
  readonly descending: boolean;
  readonly after: number | null;
  readonly limit: number;
}

async function pageOf(
  session: ProjectionSession,
  organization: OrganizationId,
  filter: EventFilter,
  { descending, after, limit }: Place,
): Promise<readonly RecordedEvent[]> {
  let query = matchingEvents(session, organization, filter)
    .select(['e.position', 'e.event', 'e.personal'])
    .orderBy('e.position', descending ? 'desc' : 'asc')
    .limit(limit);
  if (after !== null) query = query.where('e.position', descending ? '<' : '>', after);
  return (await session.all(query.compile())).map(eventOf);
}

/** Exact up to the cap, one more above it. */
async function countMatching(
  session: ProjectionSession,
  organization: OrganizationId,
  filter: EventFilter,
): Promise<number> {
  const some = matchingEvents(session, organization, filter)
    .select('e.position')
    .limit(COUNT_CAP + 1);
  const query = eventTablesOf(session)
    .selectFrom(some.as('s'))
    .select(({ fn }) => fn.countAll().as('count'));
  const [row = {}] = await session.all(query.compile());
  return integer(row, 'count');
}
