// Reserving a refund: the reservation is one with the check, so that refunds never add up to more than was captured.

import { gatewayKeyOf, refundIdOf } from '../../ids/ids.ts';
import { money } from '../../money/money.ts';
import type { RefundPayment } from '../commands.ts';
import { accept, reject, type Decision } from '../decision.ts';
import { refundable, type Payment } from '../state.ts';
import { checkReason } from './fields.ts';
import { requireNoReview, requireRoom, requireStatus } from './guards.ts';

export function decideRefund(command: RefundPayment, payment: Payment): Decision {
  const { currency } = payment.amount;
  const left = refundable(payment);
  if (command.amount !== null && command.amount.amount <= 0n) {
    return reject('amount_not_positive', `a refund must be above 0, it is ${command.amount.amount}`, {
      param: 'amount',
    });
  }
  const problem =
    requireStatus(payment, 'refunded', ['completed', 'partially_refunded']) ??
    requireNoReview(payment, 'refunded') ??
    checkReason(command.reason) ??
    requireRoom(payment, 1);
  if (problem !== null) return { accepted: false, rejection: problem };
  if (command.amount !== null && command.amount.currency !== currency) {
    return reject('currency_mismatch', `the payment is in ${currency}, so is its refund`, { param: 'currency' });
  }
  if (left <= 0n) return reject('nothing_to_refund', 'all that was captured is refunded or reserved for a refund');
  const amount = command.amount ?? money(left, currency);
  if (amount.amount > left) {
    return reject('refund_exceeds_captured', `at most ${left} minor units can be refunded, not ${amount.amount}`, {
      param: 'amount',
      details: { refundable: left.toString() },
    });
  }
  const refundId = refundIdOf(payment.refunds.length + 1);
  return accept({
    type: 'RefundRequested',
    at: command.now,
    data: { refundId, gatewayKey: gatewayKeyOf(payment.id, refundId), amount, reason: command.reason },
  });
}
