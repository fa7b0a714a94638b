// Numbers events as a sequence does that was rolled back: with gaps.

import type { Mutant } from './mutant.ts';

export const leavesGapsInPositions: Mutant = {
  name: 'leaves gaps between positions',
  breaks: 'log-order',
  store: (store) => ({
    commit: async (entries) => {
      const results = await store.commit(entries);
      return results.map((result) => ('position' in result ? { ...result, position: result.position * 2 } : result));
    },
    readAll: async (request) => {
      const { direction, from } = request;
      const half = from === null ? null : direction === 'forward' ? Math.floor(from / 2) : Math.ceil(from / 2);
      const page = await store.readAll({ ...request, from: half });
      const events = page.events.map((event) => ({ ...event, position: event.position * 2 }));
      return { ...page, events, next: page.next * 2 };
    },
  }),
};
