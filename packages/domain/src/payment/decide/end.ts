// Ending a payment that moved no money: cancelling it, or deleting it and keeping its history.

import type { CancelPayment, DeletePayment, ErasePersonalData } from '../commands.ts';
import { accept, type Decision } from '../decision.ts';
import type { Payment } from '../state.ts';
import { checkReason } from './fields.ts';
import { requireNoReview, requireStatus } from './guards.ts';

export function decideCancel(command: CancelPayment, payment: Payment): Decision {
  const problem =
    requireStatus(payment, 'cancelled', ['pending', 'failed']) ??
    requireNoReview(payment, 'cancelled') ??
    checkReason(command.reason);
  if (problem !== null) return { accepted: false, rejection: problem };
  return accept({ type: 'PaymentCancelled', at: command.now, data: { reason: command.reason } });
}

/** In these states no attempt succeeded and none is open, except one that is under review. */
export function decideDelete(command: DeletePayment, payment: Payment): Decision {
  const problem =
    requireStatus(payment, 'deleted', ['pending', 'failed', 'cancelled']) ??
    requireNoReview(payment, 'deleted') ??
    checkReason(command.reason);
  if (problem !== null) return { accepted: false, rejection: problem };
  return accept({ type: 'PaymentDeleted', at: command.now, data: { reason: command.reason } });
}

/** Allowed in every state, deleted included; a second time changes nothing. */
export function decideErase(command: ErasePersonalData, payment: Payment): Decision {
  if (payment.personalErased) return accept();
  return accept({ type: 'PersonalDataErased', at: command.now, data: { subject: payment.subject } });
}
