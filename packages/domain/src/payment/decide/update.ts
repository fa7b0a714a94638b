// Changing a payment before it is processed; metadata may change at any time.

import { equals, money } from '../../money/money.ts';
import type { UpdatePayment } from '../commands.ts';
import { accept, reject, type Decision } from '../decision.ts';
import { mergePersonalData, personalDataSize, type PersonalDataChange } from '../personal-data.ts';
import type { Payment } from '../state.ts';
import { checkPersonalData } from './fields.ts';
import { requireAmount, requireCurrency, requireNoReview, requireStatus } from './guards.ts';
import { acceptIfRoom } from './room.ts';

export function decideUpdate(command: UpdatePayment, payment: Payment): Decision {
  const { stated } = command;
  const amount = stated.amount === null ? null : money(stated.amount, payment.amount.currency);
  const personal = mergePersonalData(payment.personal, command.personal);
  const reopened = amount !== null || personal.customer !== undefined || personal.description !== undefined;
  const problem =
    (reopened ? requireStatus(payment, 'updated', ['pending', 'failed']) : null) ??
    (reopened ? requireNoReview(payment, 'updated') : null) ??
    requireCurrency(payment, stated) ??
    (amount === null ? null : requireAmount(amount, command.maxAmount)) ??
    checkPersonalData(personal);
  if (problem !== null) return { accepted: false, rejection: problem };
  if (amount === null && Object.keys(personal).length === 0) return accept();
  if (payment.personalErased && holdsPersonalData(personal)) {
    return reject('personal_data_erased', 'the personal data of this payment was erased and cannot be added again');
  }
  return acceptIfRoom(payment, {
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
