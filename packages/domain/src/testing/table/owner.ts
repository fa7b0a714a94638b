// For tests: the table of decisions, for what the owner of a payment asks before and beside the money.

import type { commandCases } from '../command-cases.ts';
import { captured, closed, deleted, existing, gone, noPayment, row, type Row } from './row.ts';

type RowsOf<Type extends keyof typeof commandCases> = Record<keyof (typeof commandCases)[Type], Row>;

const beginning = { payment_exists: [...existing, ...deleted] } as const;

/** Only what is pending or failed, and not under review, can be changed, processed or cancelled. */
const onlyOpen = { illegal_state: closed, needs_review: ['failed, late'], ...noPayment, ...gone } as const;

export const createRows: RowsOf<'CreatePayment'> = {
  create: row({ PaymentCreated: ['none'], ...beginning }),
  'nothing to pay': row({ amount_not_positive: ['none'], ...beginning }),
};

export const importRows: RowsOf<'ImportSettledPayment'> = {
  import: row({ PaymentImported: ['none'], ...beginning }),
  'a credit': row({ amount_not_positive: ['none'], ...beginning }),
};

export const updateRows: RowsOf<'UpdatePayment'> = {
  'nothing at all': row({ nothing: existing, ...noPayment, ...gone }),
  'metadata only': row({ PaymentUpdated: existing, ...noPayment, ...gone }),
  description: row({ PaymentUpdated: ['pending', 'failed'], ...onlyOpen }),
  amount: row({ PaymentUpdated: ['pending', 'failed'], ...onlyOpen }),
  'amount zero': row({ amount_not_positive: ['pending', 'failed'], ...onlyOpen }),
  'amount in another currency': row({ currency_mismatch: ['pending', 'failed'], ...onlyOpen }),
  'another currency': row({ currency_mismatch: existing, ...noPayment, ...gone }),
};

export const processRows: RowsOf<'ProcessPayment'> = {
  process: row({ PaymentProcessingStarted: ['pending', 'failed'], ...onlyOpen }),
  'the amount stated': row({ PaymentProcessingStarted: ['pending', 'failed'], ...onlyOpen }),
  'another amount stated': row({ amount_mismatch: ['pending', 'failed'], ...onlyOpen }),
  'amount zero stated': row({ amount_mismatch: ['pending', 'failed'], ...onlyOpen }),
  'another currency stated': row({ currency_mismatch: ['pending', 'failed'], ...onlyOpen }),
};

export const cancelRows: RowsOf<'CancelPayment'> = {
  cancel: row({ PaymentCancelled: ['pending', 'failed'], ...onlyOpen }),
};

export const deleteRows: RowsOf<'DeletePayment'> = {
  delete: row({
    PaymentDeleted: ['pending', 'failed', 'cancelled'],
    illegal_state: ['processing', 'processing, parked', 'processing again, late', ...captured],
    needs_review: ['failed, late', 'cancelled, late'],
    ...noPayment,
    ...gone,
  }),
};

export const eraseRows: RowsOf<'ErasePersonalData'> = {
  erase: row({ PersonalDataErased: [...existing, ...deleted], ...noPayment }),
};
