// Decides about refunds as if twice as much had been captured.

import type { Mutant } from './mutant.ts';

export const refundsBeyondTheCapture: Mutant = {
  name: 'lets refunds add up to more than was captured',
  breaks: 'refund-bound',
  alsoBreaks: ['exact-totals', 'life-cycle', 'maintenance', 'one-winner', 'open-effects', 'refusals-leave-nothing'],
  store: (store) => ({
    load: async (key, commandId) => {
      const { payment, appliedVersion } = await store.load(key, commandId);
      return { payment: payment === null ? null : { ...payment, captured: payment.captured * 2n }, appliedVersion };
    },
  }),
};
