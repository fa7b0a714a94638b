// Lists no payment that waits for the gateway but the first page of them.

import type { Mutant } from './mutant.ts';

export const forgetsOpenEffects: Mutant = {
  name: 'lists the first payments that wait for the gateway only',
  breaks: 'open-effects',
  read: (read) => ({
    awaitingGateway: async (after, limit) => (after === null ? read.awaitingGateway(after, limit) : []),
  }),
};
