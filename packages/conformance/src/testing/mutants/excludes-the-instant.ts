// Shows a payment as it was just before the instant.

import { instantOf } from '@paystrata/domain';
import type { Mutant } from './mutant.ts';

export const excludesTheInstant: Mutant = {
  name: 'leaves out what happened at the instant asked for',
  breaks: 'as-of',
  read: (read) => ({
    get: (query, context) => {
      const { asOf } = query;
      if (asOf === null || 'version' in asOf) return read.get(query, context);
      return read.get({ ...query, asOf: { instant: instantOf(asOf.instant - 1) } }, context);
    },
  }),
};
