// Takes positions of any life of the log for its own.

import type { ReadContext } from '@paystrata/application';
import type { Mutant } from './mutant.ts';

export const acceptsForeignPositions: Mutant = {
  name: 'accepts positions of another epoch',
  breaks: 'position-checks',
  read: (read, strategy) => {
    const own = (context: ReadContext): ReadContext => {
      if (context.atLeast === null) return context;
      return { ...context, atLeast: { ...context.atLeast, epoch: strategy.epoch() } };
    };
    return {
      get: (query, context) => read.get(query, own(context)),
      search: (query, context) => read.search(query, own(context)),
    };
  },
};
