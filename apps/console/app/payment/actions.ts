// What may be done to a payment in its state, and why the rest may not: the rules of the life cycle, told to people.

import type { PaymentView } from '../api/types.ts';

export type ActionName = 'process' | 'refund' | 'cancel' | 'settle' | 'update' | 'delete' | 'erase';

export interface Action {
  readonly name: ActionName;
  readonly label: string;
  /** Null where it may be done. */
  readonly refused: string | null;
  readonly destroys: boolean;
}

/** Minor units that a refund may still ask for: what was captured, without refunds that succeeded or may yet. */
export function refundable({ captured, refunds }: PaymentView): number {
  return refunds.reduce((rest, { status, amount }) => (status === 'failed' ? rest : rest - amount), captured);
}

/** Minor units of refunds whose outcome is not known. */
export function reserved({ refunds }: PaymentView): number {
  return refunds.reduce(
    (sum, { status, amount }) => (status === 'failed' || status === 'succeeded' ? sum : sum + amount),
    0,
  );
}

export function actionsOf(payment: PaymentView): readonly Action[] {
  const action = (name: ActionName, label: string, refused: string | null, destroys = false): Action => ({
    ...{ name, label, refused, destroys },
  });
  return [
    action('process', 'Charge', chargeRefused(payment)),
    action('refund', 'Refund', refundRefused(payment)),
    action('cancel', 'Cancel', beforeMoney(payment, 'cancelled'), true),
    action('settle', 'Settle', payment.needsReview ? null : 'nothing of it is parked for review'),
    action('update', 'Edit', updateRefused(payment)),
    action('delete', 'Delete', deleteRefused(payment), true),
    action('erase', 'Erase personal data', null, true),
  ];
}

const inWords: Readonly<Record<PaymentView['status'], string>> = {
  processing: 'the gateway has not answered yet',
  completed: 'it is completed',
  partially_refunded: 'it is partly refunded',
  refunded: 'it is refunded',
  cancelled: 'it is cancelled',
  deleted: 'it is deleted',
  failed: 'it has failed',
  pending: 'it was not charged',
};

function because({ status }: PaymentView): string {
  return inWords[status];
}

const MAX_ATTEMPTS = 10;

function chargeRefused(payment: PaymentView): string | null {
  if (payment.status !== 'pending' && payment.status !== 'failed') return because(payment);
  return payment.attempts.length >= MAX_ATTEMPTS ? `it was attempted ${MAX_ATTEMPTS} times` : null;
}

function refundRefused(payment: PaymentView): string | null {
  if (payment.status !== 'completed' && payment.status !== 'partially_refunded') return because(payment);
  if (payment.needsReview) return 'a part of it waits for review';
  return refundable(payment) > 0 ? null : 'all of it is refunded or about to be';
}

function beforeMoney(payment: PaymentView, done: string): string | null {
  if (payment.status === 'pending' || payment.status === 'failed') return null;
  return payment.status === done ? `it is ${done} already` : because(payment);
}

function updateRefused(payment: PaymentView): string | null {
  return payment.status === 'deleted' ? because(payment) : null;
}

function deleteRefused(payment: PaymentView): string | null {
  return payment.status === 'cancelled' ? null : beforeMoney(payment, 'deleted');
}
