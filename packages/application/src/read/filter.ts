// Whether a payment is what a search asks for: the meaning of every filter, which indexes and engines must keep.

import type { Instant, Payment } from '@paystrata/domain';
import type { PaymentFilter, TimeRange } from './queries.ts';
import { matchesTokens, paymentTokens, textQueryOf } from './text-tokens.ts';

/** Whether all that the filter names holds for the payment. */
export function matches(filter: PaymentFilter, payment: Payment): boolean {
  return compileFilter(filter)(payment);
}

/** As `matches`, for many payments: the filter is taken apart once, and only what it asks for is looked at. */
export function compileFilter(filter: PaymentFilter): Test {
  const tests = testsOf(filter);
  return (payment) => {
    for (const test of tests) if (!test(payment)) return false;
    return true;
  };
}

type Test = (payment: Payment) => boolean;

/** The cheapest first. */
function testsOf(filter: PaymentFilter): readonly Test[] {
  const { currencies, minAmount, maxAmount, created, updated, processed, metadata, text } = filter;
  const tests: Test[] = [(payment) => hasStatus(filter, payment)];
  if (currencies.length > 0 || minAmount !== null || maxAmount !== null) {
    tests.push((payment) => hasAmount(filter, payment));
  }
  if (!isOpen(created)) tests.push((payment) => inRange(created, payment.createdAt));
  if (!isOpen(updated)) tests.push((payment) => inRange(updated, payment.updatedAt));
  if (!isOpen(processed)) tests.push((payment) => inRange(processed, payment.processedAt));
  const { reference, userId, workflowId, resourceId, customer } = filter;
  if ([reference, userId, workflowId, resourceId, customer].some((asked) => asked !== null)) {
    tests.push((payment) => isOf(filter, payment));
  }
  const pairs = Object.entries(metadata);
  if (pairs.length > 0) tests.push(({ personal }) => pairs.every(([key, value]) => personal.metadata[key] === value));
  if (text !== null) {
    const query = textQueryOf(text);
    tests.push((payment) => matchesTokens(query, paymentTokens(payment)));
  }
  return tests;
}

function isOpen({ from, to }: TimeRange): boolean {
  return from === null && to === null;
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
