// Bringing stored events of any type into today's shape, one version at a time, when they are read.

import type { StreamEvent } from '../ports/event-store.ts';
import { PortFailure } from '../ports/failures.ts';
import type { JsonObject } from '../read/event-data.ts';
import { streamText } from './stream-name.ts';

/** A type of event that a team knows. */
export interface EventType {
  /** The version of its shape that is written today, from 1. */
  readonly version: number;
  /** By the version that is read: `upcasters[1]` makes data of version 2 of data of version 1. Pure. */
  readonly upcasters?: Readonly<Record<number, (data: JsonObject) => JsonObject>>;
}

/** By name. An event of a type that is not named here is read as it is stored. */
export type EventTypes = Readonly<Record<string, EventType>>;

/**
 * The event in the newest shape of its type; its `schemaVersion` then says so.
 *
 * @throws PortFailure `EVENT_TOO_NEW` where its version is newer than the type's, `STORE_DAMAGED` where an upcaster is
 * missing.
 */
export function currentEvent(event: StreamEvent, types: EventTypes): StreamEvent {
  const type = Object.hasOwn(types, event.type) ? types[event.type] : undefined;
  if (type === undefined || event.schemaVersion === type.version) return event;
  requireKnownVersion(event, types);
  let { data } = event;
  for (let version = event.schemaVersion; version < type.version; version++) {
    const step = type.upcasters?.[version];
    if (step === undefined) {
      throw new PortFailure('STORE_DAMAGED', `${nameOf(event)}: there is no upcaster for ${event.type} ${version}`);
    }
    data = step(data);
  }
  return Object.freeze({ ...event, schemaVersion: type.version, data: Object.freeze(data) });
}

/** @throws PortFailure `EVENT_TOO_NEW` where the version is newer than the one that is known of the type. */
export function requireKnownVersion(
  event: Pick<StreamEvent, 'type' | 'schemaVersion'> & Partial<StreamEvent>,
  types: EventTypes,
): void {
  const type = Object.hasOwn(types, event.type) ? types[event.type] : undefined;
  if (type === undefined || event.schemaVersion <= type.version) return;
  throw new PortFailure(
    'EVENT_TOO_NEW',
    `${nameOf(event)} is ${event.type} version ${event.schemaVersion}, this release knows ${type.version}: run the release that wrote it`,
    { details: { found: event.schemaVersion, known: type.version } },
  );
}

function nameOf({ stream, version, eventId }: Partial<StreamEvent>): string {
  return stream === undefined ? `the event ${eventId}` : `event ${version} of the stream ${streamText(stream)}`;
}
