// Answers a whole bulk with its first failure.

import type { Mutant } from './mutant.ts';

export const doesAllOrNothing: Mutant = {
  name: 'lets one bad order take the bulk down',
  breaks: 'bulk',
  alsoBreaks: ['unique-reference'],
  write: (write) => ({
    executeBulk: async (orders) => {
      const results = await write.executeBulk(orders);
      const bad = results.find((result) => !result.ok);
      return bad === undefined ? results : results.map(() => bad);
    },
  }),
};
