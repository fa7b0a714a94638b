// Refunds: the amount is reserved with the check, then the gateway is called, then its answer is recorded.

import type { CommandContext } from '../../buses/context.ts';
import { onceThere, type Soon } from '../../ports/soon.ts';
import type { WriteResult } from '../../ports/write-model.ts';
import { carriedOut } from '../carry-out.ts';
import { orderOf, type UseCaseDependencies } from '../dependencies.ts';
import type { RefundPaymentMessage } from './refund-payment.ts';

export function handleRefundPayment(dependencies: UseCaseDependencies) {
  return (message: RefundPaymentMessage, context: CommandContext): Soon<WriteResult> => {
    const { paymentId, amount, currency, reason } = message;
    const stated = { amount: amount ?? null, currency: currency ?? null };
    const now = dependencies.clock.now();
    const written = dependencies.strategy.write.execute(
      orderOf(context, paymentId, { type: 'RefundPayment', now, stated, reason: reason ?? null }),
    );
    return onceThere(written, (result) => carriedOut(result, context, dependencies));
  };
}
