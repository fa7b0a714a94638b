// Commits whatever version the decision was made upon.

import type { Mutant } from './mutant.ts';

export const overwritesVersions: Mutant = {
  name: 'commits decisions upon outdated versions',
  breaks: 'one-winner',
  alsoBreaks: ['bulk', 'expected-version', 'open-effects', 'refund-bound'],
  store: (store) => ({
    commit: async (entries) => {
      const results = [];
      for (const entry of entries) {
        const { payment } = await store.load(entry, null);
        const expectedVersion = entry.expectedVersion === 0 ? 0 : (payment?.version ?? 0);
        results.push(...(await store.commit([{ ...entry, expectedVersion }])));
      }
      return results;
    },
  }),
};
