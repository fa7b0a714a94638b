// Begins anew where a cursor is not for the question.

import type { Mutant } from './mutant.ts';

export const takesAnyCursor: Mutant = {
  name: 'begins anew with a cursor that it cannot read',
  breaks: 'cursor-binding',
  read: (read) => ({
    search: async (query, context) => {
      try {
        return await read.search(query, context);
      } catch {
        return read.search({ ...query, cursor: null }, context);
      }
    },
  }),
};
