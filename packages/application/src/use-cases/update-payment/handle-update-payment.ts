// Updates a payment: what the patch does not name stays as it is.

import type { PersonalDataPatch } from '@paystrata/domain';
import type { CommandContext } from '../../buses/context.ts';
import type { Soon } from '../../ports/soon.ts';
import type { WriteResult } from '../../ports/write-model.ts';
import { orderOf, type UseCaseDependencies } from '../dependencies.ts';
import type { UpdatePaymentMessage } from './update-payment.ts';

export function handleUpdatePayment({ strategy, clock, maxAmount }: UseCaseDependencies) {
  return (message: UpdatePaymentMessage, context: CommandContext): Soon<WriteResult> => {
    const { paymentId, amount = null, currency = null } = message;
    const stated = { amount, currency };
    const personal = patchOf(message);
    return strategy.write.execute(
      orderOf(context, paymentId, { type: 'UpdatePayment', now: clock.now(), stated, maxAmount, personal }),
    );
  };
}

function patchOf({ description, customer, metadata }: UpdatePaymentMessage): PersonalDataPatch {
  return {
    ...(description === undefined ? {} : { description }),
    ...(customer === undefined ? {} : { customer: customer === null ? null : defined(customer) }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function defined({ name, email }: { name?: string | null | undefined; email?: string | null | undefined }) {
  return { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) };
}
