// Knows the last command of a payment only.

import type { Mutant } from './mutant.ts';

export const forgetsCommandIds: Mutant = {
  name: 'forgets a command id after the next change',
  breaks: 'idempotent-commands',
  store: (store) => ({
    load: async (key, commandId) => {
      const { payment, appliedVersion } = await store.load(key, commandId);
      return { payment, appliedVersion: appliedVersion === payment?.version ? appliedVersion : null };
    },
    commit: async (entries) => {
      const results = await store.commit(entries);
      return results.map((result, index) => {
        const entry = entries[index];
        if (result.outcome !== 'duplicate' || entry === undefined || result.version > entry.expectedVersion)
          return result;
        return { outcome: 'wrong_version', actualVersion: result.version };
      });
    },
  }),
};
