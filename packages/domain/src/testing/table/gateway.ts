// For tests: the table of decisions, for what the gateway answers. No state but "unknown item" refuses an answer.

import type { commandCases } from '../command-cases.ts';
import { neverAttempted, neverRefunded, noPayment, row, type Row } from './row.ts';

type RowsOf<Type extends keyof typeof commandCases> = Record<keyof (typeof commandCases)[Type], Row>;

const noAttempt = { item_unknown: neverAttempted, ...noPayment } as const;
const noRefund = { item_unknown: neverRefunded, ...noPayment } as const;

/** The latest attempt: waits for its answer. */
const live = ['processing', 'processing again, late'] as const;
/** The latest attempt: succeeded. */
const charged = [
  'completed',
  'completed, another late',
  'refund pending',
  'refund of all pending',
  'refund failed',
  'refund parked',
  'refund late',
  'partially refunded',
  'refunded',
] as const;
/** The latest attempt: failed, approved all the same, and parked. */
const late = ['failed, late', 'cancelled, late', 'deleted, late'] as const;
const waiting = ['refund pending', 'refund of all pending'] as const;
const paidBack = ['partially refunded', 'refunded'] as const;

export const answerRows: RowsOf<'RecordGatewayAnswer'> = {
  'attempt approved': row({
    PaymentProcessed: [...live, 'processing, parked'],
    PaymentParked: ['failed'],
    nothing: [...charged, ...late],
    ...noAttempt,
  }),
  'attempt approved, wrong amount': row({
    PaymentParked: [...live, 'processing, parked', 'failed'],
    answer_conflict: charged,
    nothing: late,
    ...noAttempt,
  }),
  'attempt declined': row({
    PaymentFailed: [...live, 'processing, parked'],
    answer_conflict: charged,
    nothing: ['failed', ...late],
    ...noAttempt,
  }),
  'attempt unknown': row({ nothing: [...live, 'processing, parked', ...charged, 'failed', ...late], ...noAttempt }),
  'attempt unknown after 72 h': row({
    PaymentParked: live,
    nothing: ['processing, parked', ...charged, 'failed', ...late],
    ...noAttempt,
  }),
  'attempt not found': row({ nothing: [...live, 'processing, parked', ...charged, 'failed', ...late], ...noAttempt }),
  'attempt not found after the limit': row({
    PaymentFailed: live,
    nothing: ['processing, parked', ...charged, 'failed', ...late],
    ...noAttempt,
  }),
  'refund approved': row({
    PaymentRefunded: [...waiting, 'refund parked'],
    PaymentParked: ['refund failed'],
    nothing: ['refund late', ...paidBack],
    ...noRefund,
  }),
  'refund approved, wrong amount': row({
    PaymentParked: [...waiting, 'refund parked', 'refund failed'],
    answer_conflict: paidBack,
    nothing: ['refund late'],
    ...noRefund,
  }),
  'refund declined': row({
    RefundFailed: [...waiting, 'refund parked'],
    answer_conflict: paidBack,
    nothing: ['refund failed', 'refund late'],
    ...noRefund,
  }),
  'refund unknown': row({
    nothing: [...waiting, 'refund parked', 'refund failed', 'refund late', ...paidBack],
    ...noRefund,
  }),
  'refund unknown after 72 h': row({
    PaymentParked: waiting,
    nothing: ['refund parked', 'refund failed', 'refund late', ...paidBack],
    ...noRefund,
  }),
  'refund not found': row({
    nothing: [...waiting, 'refund parked', 'refund failed', 'refund late', ...paidBack],
    ...noRefund,
  }),
  'refund not found after the limit': row({
    RefundFailed: waiting,
    nothing: ['refund parked', 'refund failed', 'refund late', ...paidBack],
    ...noRefund,
  }),
};
