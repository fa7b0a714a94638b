// Whether a payment is what a search asks for: the meaning of every filter, which indexes and engines must keep.

import type { Instant, Payment } from '@paystrata/domain';
import type { PaymentFilter, TimeRange } from './queries.ts';
import { matchesTokens, paymentTokens, textQueryOf } from './text-tokens.ts';

/** Whether all that the filter names holds for the payment. */
export function matches(filter: PaymentFilter, payment: Payment): boolean {
  return compileFilter(filter)(payment);
}

/** As `matches`, for many payments: the text is taken apart once. */
export function compileFilter(filter: PaymentFilter): (payment: Payment) => boolean {
  const { text } = filter;
  const query = text === null ? null : textQueryOf(text);
  return (payment) =>
    hasStatus(filter, payment) &&
    hasAmount(filter, payment) &&
    inRange(filter.created, payment.createdAt) &&
    inRange(filter.updated, payment.updatedAt) &&
    inRange(filter.processed, payment.processedAt) &&
    isOf(filter, payment) &&
    hasMetadata(filter, payment) &&
    (text === null || matchesTokens(query, paymentTokens(payment)));
}

/** `from` is included, `to` is not. What has no such instant lies in the open range only. */
export function inRange(range: TimeRange, instant: Instant | null): boolean {
  if (instant === null) return range.from === null && range.to === null;
  return (range.from === null || instant >= range.from) && (range.to === null || instant < range.to);
}

function hasStatus({ statuses }: PaymentFilter, { status }: Payment): boolean {
  return statuses.length === 0 ? status !== 'deleted' : statuses.includes(status);
}

function hasAmount({ currencies, minAmount, maxAmount }: PaymentFilter, { amount }: Payment): boolean {
  return (
    (currencies.length === 0 || currencies.includes(amount.currency)) &&
    (minAmount === null || amount.amount >= minAmount) &&
    (maxAmount === null || amount.amount <= maxAmount)
  );
}

function isOf(filter: PaymentFilter, payment: Payment): boolean {
  return (
    (filter.reference === null || payment.reference === filter.reference) &&
    (filter.userId === null || payment.userId === filter.userId) &&
    (filter.workflowId === null || payment.workflowId === filter.workflowId) &&
    (filter.resourceId === null || payment.resourceIds.includes(filter.resourceId)) &&
    (filter.customer === null || isCustomer(filter.customer, payment))
  );
}

/** The subject is the customer's id, unless there is none: then it is the payment's. */
function isCustomer(wanted: string, { id, subject, personal }: Payment): boolean {
  const { customer } = personal;
  if (customer !== null && (customer.name === wanted || customer.email === wanted)) return true;
  return subject === wanted && String(subject) !== String(id);
}

function hasMetadata(filter: PaymentFilter, { personal }: Payment): boolean {
  return Object.entries(filter.metadata).every(([key, value]) => personal.metadata[key] === value);
}
