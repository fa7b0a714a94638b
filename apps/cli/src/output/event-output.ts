// Events and timelines as people read them.

import type { EventView, TimelineEntryView } from '@paystrata/application';
import { columnsTable } from './columns-table.ts';
import { shownDuration, shownInstant } from './instants.ts';

/** One line an event. */
export function eventsTable(events: readonly EventView[]): string {
  return columnsTable<EventView>(
    [
      { heading: 'TIME', cell: ({ timestamp }) => shownInstant(timestamp) },
      { heading: 'TYPE', cell: ({ type }) => type },
      { heading: 'PAYMENT', cell: ({ paymentId }) => paymentId },
      { heading: 'VERSION', align: 'right', cell: ({ version }) => String(version) },
      { heading: 'ACTOR', most: 30, cell: ({ actor }) => actor },
      { heading: 'DATA', most: 80, cell: ({ data }) => JSON.stringify(data) },
    ],
    events,
  );
}

/** One line an entry, with the time since the one before. */
export function timelineTable(entries: readonly TimelineEntryView[]): string {
  return columnsTable<TimelineEntryView>(
    [
      { heading: 'TIME', cell: ({ timestamp }) => shownInstant(timestamp) },
      { heading: 'AFTER', align: 'right', cell: ({ gap }) => (gap === 0 ? '' : shownDuration(gap)) },
      { heading: 'WHAT', most: 100, cell: ({ text }) => text },
      { heading: 'ACTOR', most: 30, cell: ({ actor }) => actor },
    ],
    entries,
  );
}
