// Tells what happened, but not how much time lay between.

import type { Mutant } from './mutant.ts';

export const tellsNoGaps: Mutant = {
  name: 'tells no gaps in time',
  breaks: 'timeline',
  log: (log) => ({
    timeline: async (query, context) => (await log.timeline(query, context)).map((line) => ({ ...line, gap: 0 })),
  }),
};
