// Whether an event is what a question asks for.

import type { OrganizationId } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';
import { meets } from './event-criteria.ts';
import { eventTexts } from './event-data.ts';
import type { EventFilter } from './event-queries.ts';
import { inRange } from './filter.ts';
import type { LogPart } from './log-reader.ts';
import { matchesTokens, textQueryOf, tokensOf } from './text-tokens.ts';

/** The part of the log that can hold what the filter finds. */
export function partOf(filter: EventFilter, organizationId: OrganizationId): LogPart {
  return filter.paymentId === null ? { organizationId } : { organizationId, paymentId: filter.paymentId };
}

/** Whether all that the filter names holds for an event; made once for many events. */
export function compileEventFilter(filter: EventFilter): (event: RecordedEvent) => boolean {
  const { types, paymentId, actor, correlationId, recorded, criteria, text } = filter;
  const query = text === null ? null : textQueryOf(text);
  return (event) =>
    (types.length === 0 || types.includes(event.type)) &&
    (paymentId === null || event.paymentId === paymentId) &&
    (actor === null || event.actor === actor) &&
    (correlationId === null || event.correlationId === correlationId) &&
    inRange(recorded, event.at) &&
    criteria.every((criterion) => meets(criterion, event.data)) &&
    (text === null || matchesTokens(query, tokensOf(eventTexts(event))));
}
