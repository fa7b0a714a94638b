// What may be appended: events that are JSON, made unchangeable where they are.

import { instantOf } from '@paystrata/domain';
import type { NewEvent } from '../ports/event-store.ts';
import { PortFailure } from '../ports/failures.ts';

/** At most so many events an append: it is one step of the log. */
const MAX_EVENTS = 1000;

const EVENT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TYPE = /^[A-Za-z][A-Za-z0-9._-]{0,99}$/;
const MAX_DEPTH = 64;

/**
 * Checks the events and freezes their data and metadata in place: who hands in events gives them away.
 *
 * @throws PortFailure `INVALID_MESSAGE` that names the event and what is wrong with it.
 */
export function requireNewEvents(events: readonly NewEvent[]): void {
  if (events.length === 0 || events.length > MAX_EVENTS) {
    throw new PortFailure('INVALID_MESSAGE', `an append takes 1 to ${MAX_EVENTS} events, not ${events.length}`);
  }
  for (const event of events) requireNewEvent(event);
  if (events.length > 1 && new Set(events.map(({ eventId }) => eventId)).size < events.length) {
    throw new PortFailure('INVALID_MESSAGE', 'an event id stands twice in one append');
  }
}

/** Whether what was stored under an event id is what is appended again. */
export function isSameEvent(stored: NewEvent, again: NewEvent): boolean {
  return (
    stored.type === again.type &&
    stored.schemaVersion === again.schemaVersion &&
    stored.timestamp === again.timestamp &&
    stored.actor === again.actor &&
    stored.userId === again.userId &&
    stored.correlationId === again.correlationId &&
    stored.causationId === again.causationId &&
    isSameJson(stored.data, again.data) &&
    isSameJson(stored.metadata, again.metadata)
  );
}

function requireNewEvent(event: NewEvent): void {
  if (!EVENT_ID.test(event.eventId)) throw wrong(event, 'its id is not a UUID in lower case');
  if (!isKnownType(event.type)) throw wrong(event, `its type is not ${TYPE.source}`);
  if (!Number.isSafeInteger(event.schemaVersion) || event.schemaVersion < 1) {
    throw wrong(event, 'its schemaVersion is not a whole number from 1');
  }
  if (!isInstant(event.timestamp)) throw wrong(event, 'its timestamp is not an instant in whole milliseconds');
  const { actor, correlationId, causationId, userId } = event;
  if (!isShort(actor) || !isShort(correlationId) || !isShort(causationId ?? '') || !isShort(userId ?? '')) {
    throw wrong(event, 'its actor, user, correlation or causation is not a text of at most 255 characters');
  }
  for (const key in event.metadata) {
    if (typeof event.metadata[key] !== 'string') throw wrong(event, `metadata.${key} is not a text`);
  }
  Object.freeze(event.metadata);
  if (typeof event.data !== 'object' || event.data === null || Array.isArray(event.data)) {
    throw wrong(event, 'its data is not an object');
  }
  const problem = freezeJson(event.data, 'data', 0);
  if (problem !== null) throw wrong(event, problem);
}

function isShort(text: unknown): boolean {
  return typeof text === 'string' && text.length <= 255;
}

/** Types are few: a pattern need not be run for each event. */
const knownTypes = new Set<string>();

function isKnownType(type: string): boolean {
  if (knownTypes.has(type)) return true;
  if (!TYPE.test(type)) return false;
  if (knownTypes.size < 10_000) knownTypes.add(type);
  return true;
}

function isInstant(value: number): boolean {
  try {
    return instantOf(value) === value;
  } catch {
    return false;
  }
}

/** Freezes what JSON can hold. @returns what is wrong with it, else null. */
function freezeJson(value: object, path: string, depth: number): string | null {
  if (depth > MAX_DEPTH) return `${path} is nested more than ${MAX_DEPTH} deep`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) {
    return `${path} is neither a plain object nor a list`;
  }
  Object.freeze(value);
  // A plain object inherits nothing that can be enumerated.
  for (const key in value) {
    const part: unknown = Reflect.get(value, key);
    switch (typeof part) {
      case 'string':
      case 'boolean':
        continue;
      case 'number':
        if (Number.isFinite(part)) continue;
        return `${path}.${key} is not a finite number`;
      case 'object': {
        const problem = part === null ? null : freezeJson(part, `${path}.${key}`, depth + 1);
        if (problem !== null) return problem;
        continue;
      }
      default:
        return `${path}.${key} is ${typeof part}, which JSON cannot hold`;
    }
  }
  return null;
}

function isSameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isSameJson(Reflect.get(a, key), Reflect.get(b, key)));
}

function wrong({ eventId, type }: NewEvent, what: string): PortFailure {
  return new PortFailure('INVALID_MESSAGE', `the event ${eventId} of type ${type}: ${what}`);
}
