// What the sandbox gateway does in the reference model: the method says it all.

import { refundedOf, type ReferenceItem, type ReferencePayment } from './reference-payment.ts';

/** `at once`, or only when it is looked up. */
interface Plan {
  readonly moves: 'all' | 'another amount' | 'nothing';
  readonly late: boolean;
  readonly failure: string;
}

export function planOf(method: string): Plan {
  const late = method.startsWith('test_timeout');
  if (method === 'test_wrong_amount') return { moves: 'another amount', late, failure: '' };
  const declined = method.includes('decline');
  const failure = /^test_decline_(\w+)$/.exec(method)?.[1] ?? 'card_declined';
  return { moves: declined ? 'nothing' : 'all', late, failure };
}

/** The method as a charge sees it: methods about refunds approve it. */
export const chargeMethod = (method: string): string => (method.startsWith('test_refund_') ? 'test_approve' : method);

/** The method as a refund sees it, given that of the charge. */
export const refundMethod = (method: string): string =>
  method.startsWith('test_refund_') ? method.replace('test_refund_', 'test_') : 'test_approve';

/** An attempt or a refund at the gateway. */
export function newItem(id: string, amount: bigint, { moves }: Plan): ReferenceItem {
  const other = amount === 1n ? 2n : amount - 1n;
  const moved = { all: amount, 'another amount': other, nothing: null }[moves];
  return { id, amount, status: 'pending', moved, answeredAt: null };
}

/** The gateway's answer about an attempt becomes known. */
export function answerAttempt(payment: ReferencePayment, item: ReferenceItem, method: string): void {
  if (item.moved === null) {
    payment.status = 'failed';
    payment.failure = planOf(method).failure;
    end(payment, item, 'failed', 'PaymentFailed');
  } else if (item.moved === item.amount) {
    payment.status = 'completed';
    payment.captured = item.moved;
    payment.failure = null;
    end(payment, item, 'succeeded', 'PaymentProcessed');
  } else park(payment, item);
}

/** The gateway's answer about a refund becomes known. */
export function answerRefund(payment: ReferencePayment, item: ReferenceItem): void {
  if (item.moved === null) end(payment, item, 'failed', 'RefundFailed');
  else if (item.moved === item.amount) {
    end(payment, item, 'succeeded', 'PaymentRefunded');
    showRefunds(payment);
  } else park(payment, item);
}

export function showRefunds(payment: ReferencePayment): void {
  payment.status = refundedOf(payment) === payment.captured ? 'refunded' : 'partially_refunded';
}

function park(payment: ReferencePayment, item: ReferenceItem): void {
  item.status = 'parked';
  payment.events.push('PaymentParked');
}

function end(payment: ReferencePayment, item: ReferenceItem, status: 'succeeded' | 'failed', event: string): void {
  item.status = status;
  payment.events.push(event);
  item.answeredAt = payment.events.length;
}
