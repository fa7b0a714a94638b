// Processes a payment: the attempt is stored, then the gateway is called, then its answer is recorded.

import type { CommandContext } from '../../buses/context.ts';
import type { WriteResult } from '../../ports/write-model.ts';
import { carryOut } from '../carry-out.ts';
import { orderOf, type UseCaseDependencies } from '../dependencies.ts';
import type { ProcessPaymentMessage } from './process-payment.ts';

/** Accepted while the payment is still `processing`: the outcome is not known yet and will be looked up. */
export function handleProcessPayment(dependencies: UseCaseDependencies) {
  return async (message: ProcessPaymentMessage, context: CommandContext): Promise<WriteResult> => {
    const { paymentId, method, amount, currency } = message;
    const stated = { amount: amount ?? null, currency: currency ?? null };
    const now = dependencies.clock.now();
    const result = await dependencies.strategy.write.execute(
      orderOf(context, paymentId, { type: 'ProcessPayment', now, method, stated }),
    );
    return result.ok ? { ok: true, receipt: await carryOut(result.receipt, context, dependencies) } : result;
  };
}
