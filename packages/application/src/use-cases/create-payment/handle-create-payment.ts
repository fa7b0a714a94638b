// Creates a payment: its id follows from the reference, so that one reference is one payment on every strategy.

import { money, parseSubjectId, type CreatePayment, type Instant } from '@paystrata/domain';
import type { CommandContext } from '../../buses/context.ts';
import { paymentIdFor } from '../../ids/payment-id.ts';
import type { Soon } from '../../ports/soon.ts';
import type { WriteOrder, WriteResult } from '../../ports/write-model.ts';
import { orderOf, type UseCaseDependencies } from '../dependencies.ts';
import type { CreatePaymentMessage } from './create-payment.ts';

export function handleCreatePayment(dependencies: UseCaseDependencies) {
  return (message: CreatePaymentMessage, context: CommandContext): Soon<WriteResult> =>
    dependencies.strategy.write.execute(newPaymentOrder(message, context, dependencies, 'CreatePayment', null));
}

type NewPaymentMessage = Omit<CreatePaymentMessage, 'type'>;

/** The order for a new payment, be it created here or recorded as settled outside. */
export function newPaymentOrder(
  message: NewPaymentMessage,
  context: CommandContext,
  { ids, clock, maxAmount }: Pick<UseCaseDependencies, 'ids' | 'clock' | 'maxAmount'>,
  type: 'CreatePayment' | 'ImportSettledPayment',
  createdAt: Instant | null,
): WriteOrder {
  const { organizationId } = context;
  const reference = message.reference ?? null;
  const chosen = reference === null ? context.newPaymentId : null;
  const paymentId = chosen ?? paymentIdFor(organizationId, reference, ids);
  const subject = message.customer?.id ?? parseSubjectId(paymentId);
  if (subject === undefined) throw new Error(`payment id ${paymentId} cannot name a data subject`);
  const fields: Omit<CreatePayment, 'type'> = {
    now: clock.now(),
    paymentId,
    organizationId,
    amount: money(message.amount, message.currency),
    maxAmount,
    reference,
    userId: message.userId ?? context.userId,
    workflowId: message.workflowId ?? null,
    resourceIds: message.resourceIds,
    subject,
    personal: {
      customer: customerOf(message.customer ?? null),
      description: message.description ?? null,
      metadata: message.metadata,
    },
    createdAt,
  };
  return orderOf(context, paymentId, { type, ...fields });
}

function customerOf(customer: NonNullable<NewPaymentMessage['customer']> | null) {
  const name = customer?.name ?? null;
  const email = customer?.email ?? null;
  return name === null && email === null ? null : { name, email };
}
