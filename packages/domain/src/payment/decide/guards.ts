// The refusals that several commands share.

import type { Money } from '../../money/money.ts';
import type { StatedAmount } from '../commands.ts';
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

/** Refuses a stated currency that is not the payment's. */
export function requireCurrency(payment: Payment, stated: StatedAmount): Rejection | null {
  const { currency } = payment.amount;
  if (stated.currency === null || stated.currency === currency) return null;
  return rejection('currency_mismatch', `the payment is in ${currency}, not in ${stated.currency}`, {
    param: 'currency',
    details: { currency },
  });
}
