// Begins every further page one payment too late.

import type { Mutant } from './mutant.ts';

export const skipsARowBetweenPages: Mutant = {
  name: 'skips a payment between two pages',
  breaks: 'paging',
  alsoBreaks: ['restart'],
  read: (read) => ({
    search: async (query, context) => {
      const page = await read.search(query, context);
      return query.cursor === null || query.limit === 100 ? page : { ...page, payments: page.payments.slice(1) };
    },
  }),
};
