// What each action asks the person for.

import type { PaymentView } from '../api/types.ts';
import { formatAmount } from '../format/money.ts';
import { refundable, type ActionName } from './actions.ts';

export type FieldName = 'amount' | 'newAmount' | 'reason' | 'method' | 'outcome' | 'description';
export type Fields = Readonly<Record<FieldName, string>>;

export interface Field {
  readonly name: FieldName;
  readonly label: string;
  /** A list is a choice. */
  readonly kind: 'text' | 'amount' | readonly string[];
  readonly required: boolean;
  readonly hint: string | null;
}

const field = (name: FieldName, label: string, more: Partial<Field> = {}): Field => ({
  ...{ name, label, kind: 'text', required: false, hint: null },
  ...more,
});

export function fieldsOf(action: ActionName, payment: PaymentView): readonly Field[] {
  switch (action) {
    case 'process':
      return [field('method', 'Method', { required: true, hint: 'a token of the gateway, such as test_approve' })];
    case 'refund': {
      const hint = `at most ${formatAmount(refundable(payment), payment.currency)}`;
      return [field('amount', 'Amount', { kind: 'amount', required: true, hint }), field('reason', 'Reason')];
    }
    case 'settle':
      return [
        field('outcome', 'What became of it', { kind: ['completed', 'failed'] }),
        field('reason', 'Reason', { required: true }),
      ];
    case 'update':
      return [
        ...(canChangeAmount(payment) ? [field('newAmount', 'Amount', { kind: 'amount', required: true })] : []),
        ...(canChangeAmount(payment) ? [field('description', 'Description')] : []),
      ];
    case 'cancel':
    case 'delete':
      return [field('reason', 'Reason')];
    case 'erase':
      return [];
  }
}

/** Afterwards only metadata may change. */
function canChangeAmount({ status }: PaymentView): boolean {
  return status === 'pending' || status === 'failed';
}
