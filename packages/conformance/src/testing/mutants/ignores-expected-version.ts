// Builds upon whatever version is current.

import type { Mutant } from './mutant.ts';

export const ignoresExpectedVersion: Mutant = {
  name: 'ignores the version that the caller has seen',
  breaks: 'expected-version',
  write: (write) => ({ execute: (order) => write.execute({ ...order, expectedVersion: null }) }),
};
