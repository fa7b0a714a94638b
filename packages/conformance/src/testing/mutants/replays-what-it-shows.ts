// Counts the steps that it shows, not the events there are.

import type { Mutant } from './mutant.ts';

export const replaysWhatItShows: Mutant = {
  name: 'counts the steps shown instead of the events',
  breaks: 'replay',
  log: (log) => ({
    replay: async (query, context) => {
      const replay = await log.replay(query, context);
      return { ...replay, events: replay.steps.length };
    },
  }),
};
