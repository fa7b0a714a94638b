// Changing a payment before it is processed; metadata may change at any time.

import { equals, money } from '../../money/money.ts';
import type { UpdatePayment } from '../commands.ts';
import { accept, reject, type Decision } from '../decision.ts';
import { mergePersonalData, personalDataSize, type PersonalDataChange } from '../personal-data.ts';
import type { Payment } from '../state.ts';
import { checkPersonalData } from './fields.ts';
import { requireAmount, requireCurrency, requireNoReview, requireRoom, requireStatus } from './guards.ts';

export function decideUpdate(command: UpdatePayment, payment: Payment): Decision {
  const { stated } = command;
  const personal = mergePersonalData(payment.personal, command.personal);
  const problem = requireCurrency(payment, stated);
  if (problem === null && stated.amount === null && Object.keys(personal).length === 0) return accept();
  const amount = stated.amount === null ? null : money(stated.amount, payment.amount.currency);
  const reopened = amount !== null || personal.customer !== undefined || personal.description !== undefined;
  const refusal =
    (reopened ? (requireStatus(payment, 'updated', ['pending', 'failed']) ?? requireNoReview(payment, 'updated')) : null) ??
    problem ??
    (amount === null ? null : requireAmount(amount, command.maxAmount)) ??
    checkPersonalData(personal) ??
    requireRoom(payment, 0);
  if (refusal !== null) return { accepted: false, rejection: refusal };
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
