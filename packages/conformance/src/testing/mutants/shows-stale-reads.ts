// Searches in what was there before the last change, unless it is told a position.

import type { SearchPage } from '@paystrata/application';
import type { Mutant } from './mutant.ts';

export const showsStaleReads: Mutant = {
  name: 'declares immediate reads and shows older ones',
  breaks: 'read-your-writes',
  read: (read) => {
    let before: SearchPage | null = null;
    return {
      search: async (query, context) => {
        const page = await read.search(query, context);
        if (context.atLeast !== null) return page;
        const stale = before ?? page;
        before = page;
        return stale;
      },
    };
  },
};
