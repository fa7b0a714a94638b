// Leaves the last but one event out of a history.

import type { Mutant } from './mutant.ts';

export const losesAnEvent: Mutant = {
  name: 'loses an event of long histories',
  breaks: 'history',
  alsoBreaks: ['bulk', 'erasure', 'idempotent-commands', 'limits', 'refund-bound', 'replay'],
  log: (log) => ({
    history: async (query, context) => {
      const events = await log.history(query, context);
      return events.length < 5 ? events : events.toSpliced(-2, 1);
    },
  }),
};
