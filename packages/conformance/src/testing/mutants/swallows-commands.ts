// Takes a second command of the same kind for a repetition of the first.

import type { WriteOrder } from '@paystrata/application';
import type { CommandId } from '@paystrata/domain';
import type { Mutant } from './mutant.ts';

export const swallowsCommands: Mutant = {
  name: 'takes another refund for a repetition of the first',
  breaks: 'refund-bound',
  alsoBreaks: ['idempotent-commands', 'life-cycle', 'one-winner', 'refusals-leave-nothing', 'replay'],
  write: (write) => {
    const first = new Map<string, CommandId>();
    const known = (order: WriteOrder): WriteOrder => {
      if (order.command.type !== 'RefundPayment') return order;
      const commandId = first.get(order.paymentId) ?? order.commandId;
      first.set(order.paymentId, commandId);
      return { ...order, commandId };
    };
    return { execute: (order) => write.execute(known(order)) };
  },
};
