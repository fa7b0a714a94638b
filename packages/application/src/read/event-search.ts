// Pages of events, in the order of the log or against it.

import type { OrganizationId } from '@paystrata/domain';
import { z } from 'zod';
import type { RecordedEvent } from '../events/recorded-event.ts';
import { PortFailure } from '../ports/failures.ts';
import { COUNT_CAP } from './answers.ts';
import { canonicalJson } from './canonical-json.ts';
import { invalidCursor, openCursor, sealCursor } from './cursor.ts';
import { compileEventFilter } from './event-filter.ts';
import type { EventPage, SearchEvents } from './event-queries.ts';

/** Whose events are searched, and in which life of the log. */
export interface EventSearchScope {
  readonly organizationId: OrganizationId;
  readonly epoch: string;
}

/**
 * One page. The total is counted up to its cap; reading ends as soon as both are known.
 *
 * @param events those of the organization, in the direction of the query, from its beginning.
 * @throws PortFailure as `eventCursorOf`.
 */
export async function searchEvents(
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  query: SearchEvents,
  scope: EventSearchScope,
): Promise<EventPage> {
  const after = eventCursorOf(query, scope);
  const isFound = compileEventFilter(query.filter);
  const isAfter = ({ position }: RecordedEvent) =>
    after === null || (query.descending ? position < after : position > after);
  const page: RecordedEvent[] = [];
  let count = 0;
  for await (const event of events) {
    if (!isFound(event)) continue;
    count += 1;
    if (isAfter(event) && page.length <= query.limit) page.push(event);
    if (count > COUNT_CAP && page.length > query.limit) break;
  }
  const shown = page.slice(0, query.limit);
  const hasMore = page.length > query.limit;
  const last = shown.at(-1);
  return {
    events: shown,
    hasMore,
    next: hasMore && last !== undefined ? formatEventCursor(last.position, query, scope) : null,
    total: { value: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP },
  };
}

const cursorFields = z.tuple([z.int().min(0), z.string()]);

/**
 * The position where the page before ended; null where there is no cursor.
 *
 * @throws PortFailure `CURSOR_INVALID`, or `POSITION_UNKNOWN` where it is of another epoch.
 */
export function eventCursorOf(query: SearchEvents, scope: EventSearchScope): number | null {
  if (query.cursor === null) return null;
  const fields = cursorFields.safeParse(openCursor(query.cursor, question(query, scope)));
  if (!fields.success) throw invalidCursor(fields.error);
  const [position, epoch] = fields.data;
  if (epoch !== scope.epoch) {
    throw new PortFailure('POSITION_UNKNOWN', 'the cursor is of an earlier life of the log: start again without it');
  }
  return position;
}

/** The cursor of the page after the event at that position. */
export function formatEventCursor(position: number, query: SearchEvents, scope: EventSearchScope): string {
  return sealCursor([position, scope.epoch], question(query, scope));
}

function question({ filter, descending }: SearchEvents, { organizationId }: EventSearchScope): string {
  const types = [...new Set(filter.types)].sort();
  return canonicalJson({ kind: 'events', format: 1, organizationId, descending, filter: { ...filter, types } });
}
