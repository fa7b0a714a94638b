// Includes the end of a range of creation.

import { instantOf } from '@paystrata/domain';
import type { Mutant } from './mutant.ts';

export const includesTheEndOfARange: Mutant = {
  name: 'includes the end of a range',
  breaks: 'search-filters',
  read: (read) => ({
    search: (query, context) => {
      const { created } = query.filter;
      if (created.to === null) return read.search(query, context);
      const wider = { ...created, to: instantOf(created.to + 1) };
      return read.search({ ...query, filter: { ...query.filter, created: wider } }, context);
    },
  }),
};
