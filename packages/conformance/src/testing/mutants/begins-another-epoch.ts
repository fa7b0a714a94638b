// Keeps its data over a restart, but calls it another life.

import type { Mutant } from './mutant.ts';

export const beginsAnotherEpoch: Mutant = {
  name: 'refuses the positions from before a restart',
  breaks: 'restart',
  restart: (data) => ({ ...data, epoch: 'another-life' }),
};
