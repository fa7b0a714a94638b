// Records the amount that was asked for, whatever the gateway moved.

import type { Mutant } from './mutant.ts';

export const believesInTheAmountAsked: Mutant = {
  name: 'records the amount asked for as the amount moved',
  breaks: 'money-conserved',
  alsoBreaks: ['life-cycle', 'one-winner', 'refusals-leave-nothing'],
  write: (write, strategy) => ({
    execute: async (order) => {
      const { command, organizationId, paymentId } = order;
      if (command.type !== 'RecordGatewayAnswer' || command.answer.outcome !== 'approved') return write.execute(order);
      const context = { organizationId, atLeast: null, timeoutMs: 0 };
      const found = await strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, context);
      const items = [...(found?.payment.attempts ?? []), ...(found?.payment.refunds ?? [])];
      const amount = items.find(({ id }) => id === command.item.id)?.amount ?? command.answer.amount;
      return write.execute({ ...order, command: { ...command, answer: { ...command.answer, amount } } });
    },
  }),
};
