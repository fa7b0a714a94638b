// Reserving a refund: the reservation is one with the check, so that refunds never add up to more than was captured.

import { gatewayKeyOf, refundIdOf } from '../../ids/ids.ts';
import { money } from '../../money/money.ts';
import type { RefundPayment } from '../commands.ts';
import { reject, type Decision } from '../decision.ts';
import { refundable, type Payment } from '../state.ts';
import { checkReason } from './fields.ts';
import { requireCurrency, requireNoReview, requireStatus } from './guards.ts';
import { acceptIfRoom } from './room.ts';

export function decideRefund(command: RefundPayment, payment: Payment): Decision {
  const stated = command.stated.amount;
  if (stated !== null && stated <= 0n) {
    return reject('amount_not_positive', `a refund must be above 0, it is ${stated}`, { param: 'amount' });
  }
  const problem =
    requireStatus(payment, 'refunded', ['completed', 'partially_refunded']) ??
    requireNoReview(payment, 'refunded') ??
    requireCurrency(payment, command.stated) ??
    checkReason(command.reason);
  if (problem !== null) return { accepted: false, rejection: problem };
  const left = refundable(payment);
  if (left <= 0n) return reject('nothing_to_refund', 'all that was captured is refunded or reserved for a refund');
  const amount = money(stated ?? left, payment.amount.currency);
  if (amount.amount > left) {
    return reject('refund_exceeds_captured', `at most ${left} minor units can be refunded, not ${amount.amount}`, {
      param: 'amount',
      details: { refundable: left.toString() },
    });
  }
  const refundId = refundIdOf(payment.refunds.length + 1);
  return acceptIfRoom(payment, {
    type: 'RefundRequested',
    at: command.now,
    data: { refundId, gatewayKey: gatewayKeyOf(payment.id, refundId), amount, reason: command.reason },
  });
}
