// Processes a payment: the attempt is stored, then the gateway is called, then its answer is recorded.

import type { CommandContext } from '../../buses/context.ts';
import { onceThere, type Soon } from '../../ports/soon.ts';
import type { WriteResult } from '../../ports/write-model.ts';
import { carriedOut } from '../carry-out.ts';
import { orderOf, type UseCaseDependencies } from '../dependencies.ts';
import type { ProcessPaymentMessage } from './process-payment.ts';

/** Accepted while the payment is still `processing`: the outcome is not known yet and will be looked up. */
export function handleProcessPayment(dependencies: UseCaseDependencies) {
  return (message: ProcessPaymentMessage, context: CommandContext): Soon<WriteResult> => {
    const { paymentId, method, amount, currency } = message;
    const stated = { amount: amount ?? null, currency: currency ?? null };
    const now = dependencies.clock.now();
    const written = dependencies.strategy.write.execute(
      orderOf(context, paymentId, { type: 'ProcessPayment', now, method, stated }),
    );
    return onceThere(written, (result) => carriedOut(result, context, dependencies));
  };
}
