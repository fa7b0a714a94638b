// Finds events whatever their data hold.

import type { Mutant } from './mutant.ts';

export const ignoresCriteria: Mutant = {
  name: 'ignores conditions on the data of events',
  breaks: 'event-search',
  log: (log) => ({
    search: (query, context) => log.search({ ...query, filter: { ...query.filter, criteria: [] } }, context),
  }),
};
