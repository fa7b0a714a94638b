// Goes on as if it had not been stopped.

import type { Mutant } from './mutant.ts';

export const goesOnAfterStop: Mutant = {
  name: 'goes on after it was stopped',
  breaks: 'stop',
  whole: () => ({ stop: async () => undefined }),
};
