// Whether an append was done before, by the ids of its events.

import type { Appended, NewEvent, StreamEvent, StreamName } from '../ports/event-store.ts';
import { eventIdReused } from './expected-version.ts';
import { isSameEvent } from './new-events.ts';

/**
 * @param stored the stream's events with the ids of the new ones, in the order of the new ones
 * @returns null where the stream has none of them
 * @throws PortFailure `EVENT_ID_REUSED` where it has some of them, or others under these ids
 */
export function appendedBefore(
  stream: StreamName,
  events: readonly NewEvent[],
  stored: readonly (StreamEvent | undefined)[],
): Appended | null {
  if (stored.every((event) => event === undefined)) return null;
  const first = stored[0]?.version ?? 0;
  for (const [index, event] of events.entries()) {
    const before = stored[index];
    if (before === undefined || before.version !== first + index) {
      const known = stored.find((each) => each !== undefined);
      throw eventIdReused(stream, known?.eventId ?? event.eventId, 'it was appended without these other events');
    }
    if (!isSameEvent(before, event)) throw eventIdReused(stream, event.eventId, 'with other contents');
  }
  const last = stored.at(-1);
  return last === undefined ? null : { version: last.version, position: last.position, replayed: true };
}
