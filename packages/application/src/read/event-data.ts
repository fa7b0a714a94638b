// The data of an event as it is shown: what JSON can hold, with amounts as decimal strings and instants as RFC 3339.

import { instantOf, type Instant } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Amounts of minor units become decimal strings, as they are stored; instants RFC 3339 in UTC. */
export function eventData({ data }: RecordedEvent): JsonObject {
  return shownObject(data);
}

/** RFC 3339 in UTC with milliseconds. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** The number at this key of an event's data is an instant. */
export function isInstantKey(key: string): boolean {
  return key === 'createdAt';
}

/**
 * Every text in the data of an event, for full text search, but the ids of its payment and organization, which are
 * searched for as such; erased data has none.
 */
export function eventTexts({ data, paymentId, organizationId }: RecordedEvent): readonly string[] {
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (value === paymentId || value === organizationId) return;
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(data);
  return texts;
}

function shownObject(value: object): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([key, part]) => [key, shown(key, part)]),
  );
}

function shown(key: string, value: unknown): JsonValue {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'number':
      return isInstantKey(key) ? formatInstant(instantOf(value)) : value;
    case 'string':
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? value.map((part) => shown('', part)) : shownObject(value);
    default:
      throw new TypeError(`event data holds a ${typeof value} at ${key}`);
  }
}
