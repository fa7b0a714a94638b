// Counts the events of the first page.

import type { Mutant } from './mutant.ts';

export const countsAPage: Mutant = {
  name: 'counts no more events of a type than two',
  breaks: 'event-counts',
  log: (log) => ({
    statistics: async (query, context) => {
      const counts = await log.statistics(query, context);
      return { ...counts, count: Math.min(counts.count, 2) };
    },
  }),
};
