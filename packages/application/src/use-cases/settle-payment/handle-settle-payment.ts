// Settles what is parked.

import type { CommandContext } from '../../buses/context.ts';
import type { Soon } from '../../ports/soon.ts';
import type { WriteResult } from '../../ports/write-model.ts';
import { orderOf, type UseCaseDependencies } from '../dependencies.ts';
import type { SettlePaymentMessage } from './settle-payment.ts';

export function handleSettlePayment({ strategy, clock }: UseCaseDependencies) {
  return (message: SettlePaymentMessage, context: CommandContext): Soon<WriteResult> => {
    const { paymentId, outcome, reason } = message;
    const itemId = message.itemId ?? null;
    return strategy.write.execute(
      orderOf(context, paymentId, { type: 'SettlePayment', now: clock.now(), outcome, reason, itemId }),
    );
  };
}
