// What the cases of event stores are written in.

import { randomUUID } from 'node:crypto';
import {
  instantOf,
  parseOrganizationId,
  type EventStore,
  type NewEvent,
  type StreamName,
} from '@paystrata/application';

/** A log of its own for one case. */
export interface EventStoreWorld {
  /** An event store on the log, as another process would have it; in memory there is only one. */
  open(): Promise<EventStore>;
}

export interface EventStoreCase {
  readonly name: string;
  readonly run: (world: EventStoreWorld) => Promise<void>;
}

export const noon = Date.UTC(2026, 0, 15, 12);

export function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the case expected a value here');
  return value;
}

export const acme = known(parseOrganizationId('acme'));
export const globex = known(parseOrganizationId('globex'));

export function streamNamed(id: string, category = 'invoice', organizationId = acme): StreamName {
  return { organizationId, category, id };
}

export function newEvent(changes: Partial<NewEvent> = {}): NewEvent {
  return {
    eventId: randomUUID(),
    type: 'LineAdded',
    schemaVersion: 1,
    timestamp: instantOf(noon),
    actor: 'ada',
    userId: null,
    correlationId: 'request-1',
    causationId: null,
    data: { line: 1 },
    metadata: {},
    ...changes,
  };
}

export function newEvents(count: number, changes: Partial<NewEvent> = {}): NewEvent[] {
  return Array.from({ length: count }, (_, index) => newEvent({ data: { line: index + 1 }, ...changes }));
}
