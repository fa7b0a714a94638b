// Freezes what is stored, looking only at what can hold something that is not frozen yet.

import type { PendingEvent } from '@paystrata/application';
import type { Payment } from '@paystrata/domain';
import { deepFreeze } from './deep-freeze.ts';

/** @param before the version that is stored, frozen: what both have in common is not looked at again. */
export function freezePayment(payment: Payment, before: Payment | null): Payment {
  Object.freeze(payment);
  if (payment.amount !== before?.amount) deepFreeze(payment.amount);
  if (payment.resourceIds !== before?.resourceIds) deepFreeze(payment.resourceIds);
  if (payment.personal !== before?.personal) deepFreeze(payment.personal);
  if (payment.attempts !== before?.attempts) deepFreeze(payment.attempts);
  if (payment.refunds !== before?.refunds) deepFreeze(payment.refunds);
  if (payment.failure !== before?.failure) deepFreeze(payment.failure);
  return payment;
}

export function freezeEvent<Event extends PendingEvent>(event: Event): Event {
  deepFreeze(event.data);
  deepFreeze(event.metadata);
  return Object.freeze(event);
}
