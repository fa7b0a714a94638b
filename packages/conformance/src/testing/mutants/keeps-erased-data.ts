// Erases the state and leaves the events as they were.

import type { RecordedEvent } from '@paystrata/application';
import type { Mutant } from './mutant.ts';

export const keepsErasedData: Mutant = {
  name: 'keeps erased personal data in the log',
  breaks: 'erasure',
  store: (store) => {
    const kept = new Map<string, RecordedEvent>();
    return {
      readAll: async (request) => {
        const page = await store.readAll(request);
        const events = page.events.map((event) => {
          const known = kept.get(event.eventId) ?? event;
          kept.set(event.eventId, known);
          return known;
        });
        return { ...page, events };
      },
    };
  },
};
