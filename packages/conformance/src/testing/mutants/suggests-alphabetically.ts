// Suggests in the order of the alphabet, however frequent.

import type { Mutant } from './mutant.ts';

export const suggestsAlphabetically: Mutant = {
  name: 'puts suggestions in the order of the alphabet',
  breaks: 'suggestions',
  read: (read) => ({
    suggestions: async (query, context) => {
      const found = await read.suggestions({ ...query, limit: 1000 }, context);
      return found.toSorted((a, b) => (a.text < b.text ? -1 : 1)).slice(0, query.limit);
    },
  }),
};
