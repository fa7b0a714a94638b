// Tells every loser of a race that it won.

import type { Mutant } from './mutant.ts';

export const tellsLosersTheyWon: Mutant = {
  name: 'tells the losers of a race that they won',
  breaks: 'one-winner',
  alsoBreaks: [
    'bulk',
    'expected-version',
    'open-effects',
    'refund-bound',
    'refusals-leave-nothing',
    'restart',
    'unique-reference',
  ],
  store: (store) => ({
    commit: async (entries) => {
      const results = await store.commit(entries);
      const page = await store.readAll({ direction: 'backward', from: null, limit: 1 });
      const position = page.events[0]?.position ?? 0;
      return results.map((result) =>
        result.outcome === 'wrong_version' ? { outcome: 'committed', position } : result,
      );
    },
  }),
};
