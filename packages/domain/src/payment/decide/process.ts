// Starting an attempt to charge: it is stored, with its key, before the gateway is called.

import { attemptIdOf, gatewayKeyOf } from '../../ids/ids.ts';
import { equals } from '../../money/money.ts';
import type { ProcessPayment } from '../commands.ts';
import { accept, reject, type Decision } from '../decision.ts';
import { MAX_ATTEMPTS } from '../limits.ts';
import type { Payment } from '../state.ts';
import { requireNoReview, requireRoom, requireStatus } from './guards.ts';

export function decideProcess(command: ProcessPayment, payment: Payment): Decision {
  const problem =
    requireStatus(payment, 'processed', ['pending', 'failed']) ??
    requireNoReview(payment, 'processed') ??
    requireRoom(payment, 1);
  if (problem !== null) return { accepted: false, rejection: problem };
  const stated = command.amount;
  if (stated !== null && !equals(stated, payment.amount)) {
    const code = stated.currency === payment.amount.currency ? 'amount_mismatch' : 'currency_mismatch';
    return reject(
      code,
      `the payment is ${payment.amount.amount} ${payment.amount.currency} in minor units, not what was stated`,
      {
        param: code === 'amount_mismatch' ? 'amount' : 'currency',
      },
    );
  }
  if (payment.attempts.length >= MAX_ATTEMPTS) {
    return reject('attempts_exhausted', `a payment can be attempted ${MAX_ATTEMPTS} times`, {
      details: { most: MAX_ATTEMPTS },
    });
  }
  const attemptId = attemptIdOf(payment.attempts.length + 1);
  return accept({
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
