// Deletes a payment.

import type { CommandContext } from '../../buses/context.ts';
import type { Soon } from '../../ports/soon.ts';
import type { WriteResult } from '../../ports/write-model.ts';
import { orderOf, type UseCaseDependencies } from '../dependencies.ts';
import type { DeletePaymentMessage } from './delete-payment.ts';

export function handleDeletePayment({ strategy, clock }: UseCaseDependencies) {
  return ({ paymentId, reason }: DeletePaymentMessage, context: CommandContext): Soon<WriteResult> =>
    strategy.write.execute(
      orderOf(context, paymentId, { type: 'DeletePayment', now: clock.now(), reason: reason ?? null }),
    );
}
