// The refusals that several commands share.

import type { Money } from '../../money/money.ts';
import { MAX_EVENT_CHARACTERS, MAX_EVENTS } from '../limits.ts';
import { rejection, type Rejection } from '../rejections.ts';
import { needsReview, type Payment, type PaymentStatus } from '../state.ts';

/** Refuses unless the payment is in one of the states. */
export function requireStatus(payment: Payment, verb: string, allowed: readonly PaymentStatus[]): Rejection | null {
  if (allowed.includes(payment.status)) return null;
  return rejection(
    'illegal_state',
    `a payment that is ${payment.status} cannot be ${verb}: it must be ${allowed.join(' or ')}`,
    {
      details: { status: payment.status, allowed: allowed.join(',') },
    },
  );
}

/** Refuses to build upon something whose outcome a person still has to settle. */
export function requireNoReview(payment: Payment, verb: string): Rejection | null {
  if (!needsReview(payment)) return null;
  return rejection('needs_review', `a payment under review cannot be ${verb}: settle what is parked first`);
}

/** Refuses an amount that is not above zero or is beyond the cap. */
export function requireAmount(amount: Money, maxAmount: bigint): Rejection | null {
  if (amount.amount <= 0n) {
    return rejection('amount_not_positive', `an amount must be above 0, it is ${amount.amount}`, { param: 'amount' });
  }
  if (amount.amount > maxAmount) {
    return rejection('amount_too_large', `an amount may be at most ${maxAmount} minor units, it is ${amount.amount}`, {
      param: 'amount',
      details: { most: maxAmount.toString() },
    });
  }
  return null;
}

/** Events that may still have to follow for one open attempt or refund: answer, parking, settlement. */
const EVENTS_PER_OPEN_ITEM = 3;

/**
 * Refuses what would leave no room for the answers that are still to come. Answers, settlements and erasure are never
 * refused for want of room.
 */
export function requireRoom(payment: Payment, opens: 0 | 1): Rejection | null {
  const open = [...payment.attempts, ...payment.refunds].filter((item) => item.status === 'pending').length + opens;
  if (payment.version + 1 + open * EVENTS_PER_OPEN_ITEM > MAX_EVENTS) {
    return rejection('payment_full', `a payment holds at most ${MAX_EVENTS} events`, { details: { most: MAX_EVENTS } });
  }
  if (payment.size >= MAX_EVENT_CHARACTERS) {
    return rejection('payment_full', `a payment holds at most ${MAX_EVENT_CHARACTERS} characters of event data`, {
      details: { most: MAX_EVENT_CHARACTERS },
    });
  }
  return null;
}
