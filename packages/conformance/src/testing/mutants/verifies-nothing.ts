// Reports that all is well without having looked.

import type { Mutant } from './mutant.ts';

export const verifiesNothing: Mutant = {
  name: 'reports that all is well without having looked',
  breaks: 'maintenance',
  whole: ({ maintenance }) => ({
    maintenance: {
      actions: maintenance.actions,
      run: async (action) => ({ action, checked: 0, changed: 0, differences: [], differing: 0 }),
    },
  }),
};
