// Changing a payment before it is processed; metadata may change at any time.

import { equals } from '../../money/money.ts';
import type { UpdatePayment } from '../commands.ts';
import { accept, reject, type Decision } from '../decision.ts';
import { personalDataSize, type PersonalDataChange } from '../personal-data.ts';
import type { Payment } from '../state.ts';
import { checkPersonalData } from './fields.ts';
import { requireAmount, requireNoReview, requireRoom, requireStatus } from './guards.ts';

export function decideUpdate(command: UpdatePayment, payment: Payment): Decision {
  const { amount, personal } = command;
  if (amount === null && Object.keys(personal).length === 0) return accept();
  const reopened = amount !== null || personal.customer !== undefined || personal.description !== undefined;
  const problem =
    (reopened
      ? (requireStatus(payment, 'updated', ['pending', 'failed']) ?? requireNoReview(payment, 'updated'))
      : null) ??
    (amount === null ? null : requireAmount(amount, command.maxAmount)) ??
    checkPersonalData(personal) ??
    requireRoom(payment, 0);
  if (problem !== null) return { accepted: false, rejection: problem };
  if (amount !== null && amount.currency !== payment.amount.currency) {
    return reject('currency_mismatch', `the payment is in ${payment.amount.currency}, which cannot change`, {
      param: 'currency',
    });
  }
  if (payment.personalErased && holdsPersonalData(personal)) {
    return reject('personal_data_erased', 'the personal data of this payment was erased and cannot be added again');
  }
  return accept({
    type: 'PaymentUpdated',
    at: command.now,
    data: {
      amount: amount === null || equals(amount, payment.amount) ? null : amount,
      reopened,
      subject: payment.subject,
      personal,
      personalSize: personalDataSize(personal),
    },
  });
}

function holdsPersonalData(change: PersonalDataChange): boolean {
  return personalDataSize(change) > 0;
}
