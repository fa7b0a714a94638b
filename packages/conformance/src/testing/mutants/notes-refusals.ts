// Notes every refusal in the payment.

import { parseCommandId } from '@paystrata/domain';
import type { Mutant } from './mutant.ts';

export const notesRefusals: Mutant = {
  name: 'leaves a trace of a refused command',
  breaks: 'refusals-leave-nothing',
  alsoBreaks: ['life-cycle', 'one-winner', 'open-effects', 'refund-bound', 'restart', 'unique-reference'],
  write: (write) => ({
    execute: async (order) => {
      const result = await write.execute(order);
      const commandId = parseCommandId(`${order.commandId}-refused`);
      if (result.ok || commandId === undefined) return result;
      const { now } = order.command;
      const stated = { amount: null, currency: null };
      const note = { type: 'UpdatePayment', now, stated, maxAmount: 1n, personal: { metadata: {} } } as const;
      await write.execute({ ...order, commandId, expectedVersion: null, command: note });
      return result;
    },
  }),
};
