// Cuts what is too long instead of refusing it.

import type { Mutant } from './mutant.ts';

export const cutsLongTexts: Mutant = {
  name: 'cuts descriptions that are too long',
  breaks: 'limits',
  write: (write) => ({
    execute: (order) => {
      const { command } = order;
      if (command.type !== 'CreatePayment') return write.execute(order);
      const description = command.personal.description?.slice(0, 1000) ?? null;
      return write.execute({ ...order, command: { ...command, personal: { ...command.personal, description } } });
    },
  }),
};
