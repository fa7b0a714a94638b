// Leaves payments of equal sort keys in the order in which they came.

import type { Mutant } from './mutant.ts';

export const sortsTiesAtWill: Mutant = {
  name: 'leaves ties in the order of insertion',
  breaks: 'search-order',
  alsoBreaks: ['paging'],
  read: (read) => ({
    search: async (query, context) => {
      const page = await read.search(query, context);
      if (query.sort.by !== 'created') return page;
      const sign = query.sort.descending ? -1 : 1;
      const payments = page.payments.toSorted(
        (a, b) => sign * (a.payment.createdAt - b.payment.createdAt) || a.position - b.position,
      );
      return { ...page, payments };
    },
  }),
};
