// Shows a correlation in the order of the log, effects before their causes.

import type { Mutant } from './mutant.ts';

export const putsEffectsFirst: Mutant = {
  name: 'shows what came of a request in the order of recording',
  breaks: 'correlation',
  log: (log) => ({
    correlation: async (query, context) => {
      const events = await log.correlation(query, context);
      return events.toSorted((a, b) => a.position - b.position);
    },
  }),
};
