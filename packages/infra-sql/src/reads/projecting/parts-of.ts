// Cuts a page of events where what is personal in them, most of all text, makes them too much for one transaction.

import type { RecordedEvent } from '@paystrata/application';

/** Characters that are taken into words without a break, about 10 ms; then others have their turn. */
const MAX_CHARACTERS = 200_000;

/** Parts in the order of the events, none empty; an event alone may have more. */
export function partsOf(events: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] {
  const parts: RecordedEvent[][] = [];
  let characters = Infinity;
  for (const event of events) {
    const size = 'personalSize' in event.data ? event.data.personalSize : 0;
    if (characters + size > MAX_CHARACTERS) {
      parts.push([]);
      characters = 0;
    }
    parts.at(-1)?.push(event);
    characters += size;
  }
  return parts;
}
