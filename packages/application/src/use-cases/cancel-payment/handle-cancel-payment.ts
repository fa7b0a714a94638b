// Cancels a payment.

import type { CommandContext } from '../../buses/context.ts';
import type { Soon } from '../../ports/soon.ts';
import type { WriteResult } from '../../ports/write-model.ts';
import { orderOf, type UseCaseDependencies } from '../dependencies.ts';
import type { CancelPaymentMessage } from './cancel-payment.ts';

export function handleCancelPayment({ strategy, clock }: UseCaseDependencies) {
  return ({ paymentId, reason }: CancelPaymentMessage, context: CommandContext): Soon<WriteResult> =>
    strategy.write.execute(
      orderOf(context, paymentId, { type: 'CancelPayment', now: clock.now(), reason: reason ?? null }),
    );
}
