// Answers at once, however fresh the answer was to be.

import type { ReadContext } from '@paystrata/application';
import type { Mutant } from './mutant.ts';

const anyAge = (context: ReadContext): ReadContext => ({ ...context, atLeast: null });

export const ignoresAtLeast: Mutant = {
  name: 'ignores how fresh an answer must be',
  breaks: 'read-your-writes',
  alsoBreaks: ['position-checks'],
  read: (read) => ({
    statistics: (query, context) => read.statistics(query, anyAge(context)),
    get: (query, context) => read.get(query, anyAge(context)),
  }),
};
