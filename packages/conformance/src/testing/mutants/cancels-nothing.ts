// Accepts a cancellation and does nothing of the kind.

import type { Mutant } from './mutant.ts';

export const cancelsNothing: Mutant = {
  name: 'accepts a cancellation without cancelling',
  breaks: 'life-cycle',
  alsoBreaks: [
    'analytics',
    'exact-totals',
    'one-winner',
    'refusals-leave-nothing',
    'search-filters',
    'search-order',
    'timeline',
  ],
  write: (write) => ({
    execute: (order) => {
      if (order.command.type !== 'CancelPayment') return write.execute(order);
      const { now } = order.command;
      const stated = { amount: null, currency: null };
      const nothing = { type: 'UpdatePayment', now, stated, maxAmount: 1n, personal: {} } as const;
      return write.execute({ ...order, command: nothing });
    },
  }),
};
