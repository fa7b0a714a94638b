// Leaves out the buckets in which nothing was created.

import type { Mutant } from './mutant.ts';

export const leavesOutEmptyBuckets: Mutant = {
  name: 'leaves gaps where nothing was created',
  breaks: 'analytics',
  alsoBreaks: ['time-zones'],
  read: (read) => ({
    analytics: async (query, context) => {
      const found = await read.analytics(query, context);
      return { ...found, buckets: found.buckets.filter(({ count }) => count > 0) };
    },
  }),
};
