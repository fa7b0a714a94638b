// An event as it was exported, read back: strictly, and in today's shape.

import { parseInstant } from '../read/parse-instant.ts';
import { isInstantKey } from '../read/event-data.ts';
import { InvalidMessage, PortFailure } from '../ports/failures.ts';
import type { PendingEvent } from './recorded-event.ts';
import { openStoredEvent, storedEventOf } from './stored-event.ts';
import type { StoredJson } from './upcasters.ts';

/**
 * The event of which `eventView` made the JSON. An export says nothing of commands: the event's id stands for that of
 * its command.
 *
 * @throws InvalidMessage for what is no event; PortFailure `EVENT_TOO_NEW` for one that a newer release wrote.
 */
export function eventFromView(view: unknown): PendingEvent {
  if (!isObject(view)) throw invalid('is not a JSON object');
  const { timestamp, position, ...fields } = view;
  try {
    const json = { ...fields, at: instantOrNothing(timestamp), commandId: view['eventId'], data: dataOf(view['data']) };
    const { position: _, ...event } = openStoredEvent(storedEventOf(json, Number(position)));
    return event;
  } catch (error) {
    if (error instanceof PortFailure && error.code === 'STORE_DAMAGED') throw invalid(whyOf(error));
    throw error;
  }
}

/** Instants are RFC 3339 where they are shown, and milliseconds where they are stored. */
function dataOf(data: unknown): unknown {
  if (!isObject(data)) return data;
  const entries = Object.entries(data);
  return Object.fromEntries(entries.map(([key, value]) => [key, isInstantKey(key) ? instantOrNothing(value) : value]));
}

/** An event that was exported stands at no position: only what is wrong with it is told. */
function whyOf({ message }: PortFailure): string {
  const [, why = message] = /is damaged: (.*)$/s.exec(message) ?? [];
  return why;
}

/** What is no instant is left for the schema to refuse. */
function instantOrNothing(text: unknown): unknown {
  return typeof text === 'string' ? parseInstant(text) : undefined;
}

function isObject(value: unknown): value is StoredJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string): InvalidMessage {
  return new InvalidMessage('event', [{ path: '', message }]);
}
