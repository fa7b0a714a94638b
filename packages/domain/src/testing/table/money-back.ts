// For tests: the table of decisions, for refunds and for what a person settles.

import type { commandCases } from '../command-cases.ts';
import {
  beingProcessed,
  cancelled,
  capturedUnderReview,
  deleted,
  existing,
  gone,
  noPayment,
  refunding,
  row,
  type Row,
} from './row.ts';

type RowsOf<Type extends keyof typeof commandCases> = Record<keyof (typeof commandCases)[Type], Row>;

/** Of 100 captured, 40 are taken: returned, or reserved by a refund that is still open. */
const partlyTaken = ['refund pending', 'partially refunded'] as const;
const untaken = ['completed', 'imported', 'refund failed'] as const;
const nothingLeft = { nothing_to_refund: ['refund of all pending'] } as const;

const onlyCaptured = {
  illegal_state: ['pending', 'failed', 'failed, late', ...beingProcessed, ...cancelled, 'refunded'],
  needs_review: capturedUnderReview,
  ...noPayment,
  ...gone,
} as const;

export const refundRows: RowsOf<'RefundPayment'> = {
  all: row({ RefundRequested: [...untaken, ...partlyTaken], ...nothingLeft, ...onlyCaptured }),
  'a part': row({ RefundRequested: [...untaken, ...partlyTaken], ...nothingLeft, ...onlyCaptured }),
  'all that was captured': row({
    RefundRequested: untaken,
    refund_exceeds_captured: partlyTaken,
    ...nothingLeft,
    ...onlyCaptured,
  }),
  'too much': row({ refund_exceeds_captured: [...untaken, ...partlyTaken], ...nothingLeft, ...onlyCaptured }),
  zero: row({ amount_not_positive: existing, ...noPayment, ...gone }),
  negative: row({ amount_not_positive: existing, ...noPayment, ...gone }),
  'another currency': row({ currency_mismatch: ['completed', 'imported', ...refunding], ...onlyCaptured }),
};

const nothingParked = {
  nothing_to_settle: [
    'pending',
    'processing',
    'completed',
    'imported',
    'failed',
    'cancelled',
    ...refunding,
    'refunded',
    'deleted',
  ],
  ...noPayment,
} as const;

export const settleRows: RowsOf<'SettlePayment'> = {
  completed: row({
    PaymentSettled: ['processing, parked', 'failed, late', 'cancelled, late', 'refund parked', 'refund late'],
    illegal_state: ['processing again, late'],
    settlement_impossible: ['completed, another late', 'deleted, late'],
    ...nothingParked,
  }),
  failed: row({
    PaymentSettled: [
      'processing, parked',
      'processing again, late',
      'failed, late',
      'cancelled, late',
      'deleted, late',
      ...capturedUnderReview,
    ],
    ...nothingParked,
  }),
  'of what does not exist': row({ nothing_to_settle: [...existing, ...deleted], ...noPayment }),
  'without a reason': row({ settlement_impossible: [...existing, ...deleted], ...noPayment }),
};
