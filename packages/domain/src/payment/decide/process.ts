// Starting an attempt to charge: it is stored, with its key, before the gateway is called.

import { attemptIdOf, gatewayKeyOf } from '../../ids/ids.ts';
import type { ProcessPayment } from '../commands.ts';
import { reject, type Decision } from '../decision.ts';
import { MAX_ATTEMPTS } from '../limits.ts';
import type { Payment } from '../state.ts';
import { checkMethod } from './fields.ts';
import { requireCurrency, requireNoReview, requireStatus } from './guards.ts';
import { acceptIfRoom } from './room.ts';

export function decideProcess(command: ProcessPayment, payment: Payment): Decision {
  const problem =
    requireStatus(payment, 'processed', ['pending', 'failed']) ??
    requireNoReview(payment, 'processed') ??
    requireCurrency(payment, command.stated) ??
    checkMethod(command.method);
  if (problem !== null) return { accepted: false, rejection: problem };
  const { amount } = payment.amount;
  if (command.stated.amount !== null && command.stated.amount !== amount) {
    return reject('amount_mismatch', `the payment is ${amount} minor units, not ${command.stated.amount}`, {
      param: 'amount',
      details: { amount: amount.toString() },
    });
  }
  if (payment.attempts.length >= MAX_ATTEMPTS) {
    return reject('attempts_exhausted', `a payment can be attempted ${MAX_ATTEMPTS} times`, {
      details: { most: MAX_ATTEMPTS },
    });
  }
  const attemptId = attemptIdOf(payment.attempts.length + 1);
  return acceptIfRoom(payment, {
    type: 'PaymentProcessingStarted',
    at: command.now,
    data: {
      attemptId,
      gatewayKey: gatewayKeyOf(payment.id, attemptId),
      method: command.method,
      amount: payment.amount,
    },
  });
}
