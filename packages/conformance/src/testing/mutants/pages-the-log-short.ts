// Says that the log ends where a page does.

import type { Mutant } from './mutant.ts';

export const pagesTheLogShort: Mutant = {
  name: 'says that the log ends with its first page',
  breaks: 'log-paging',
  log: (log) => ({ readAll: async (request) => ({ ...(await log.readAll(request)), end: true }) }),
};
