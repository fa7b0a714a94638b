// Looks for the first word of a text only.

import type { Mutant } from './mutant.ts';

export const matchesTheFirstWord: Mutant = {
  name: 'looks for the first word of a text only',
  breaks: 'text-search',
  read: (read) => ({
    search: (query, context) => {
      const { filter } = query;
      return read.search({ ...query, filter: { ...filter, text: filter.text?.split(' ')[0] ?? null } }, context);
    },
  }),
};
