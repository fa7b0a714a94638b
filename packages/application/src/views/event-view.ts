// An event on the wire.

import type { RecordedEvent } from '../events/recorded-event.ts';
import { eventData, type JsonObject } from '../read/event-data.ts';
import { wireInstant } from './wire-values.ts';

/** `position` is a decimal string; in `data`, amounts are decimal strings and instants RFC 3339, as criteria see them. */
export interface EventView {
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly paymentId: string;
  readonly version: number;
  readonly position: string;
  readonly timestamp: string;
  readonly organizationId: string;
  readonly actor: string;
  readonly userId: string | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly data: JsonObject;
  readonly metadata: Readonly<Record<string, string>>;
}

export function eventView(event: RecordedEvent): EventView {
  return {
    eventId: event.eventId,
    type: event.type,
    schemaVersion: event.schemaVersion,
    paymentId: event.paymentId,
    version: event.version,
    position: event.position.toString(),
    timestamp: wireInstant(event.at),
    organizationId: event.organizationId,
    actor: event.actor,
    userId: event.userId,
    correlationId: event.correlationId,
    causationId: event.causationId,
    data: eventData(event),
    metadata: event.metadata,
  };
}
