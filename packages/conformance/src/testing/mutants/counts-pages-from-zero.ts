// Counts pages from 0, so that every page is the one after.

import type { Mutant } from './mutant.ts';

export const countsPagesFromZero: Mutant = {
  name: 'answers the page after the one that was asked for',
  breaks: 'paging',
  read: (read) => ({
    search: (query, context) => read.search({ ...query, page: query.page === null ? null : query.page + 1 }, context),
  }),
};
