// What the reference model answers to questions: filters, sorts and sums written out.

import type { ReferencePayment } from './reference-payment.ts';
import { refundedOf, sum } from './reference-payment.ts';
import type { SearchStep } from './steps.ts';

type Payments = Iterable<ReferencePayment>;

/** The ids that a search finds, in its order. */
export function foundBy(payments: Payments, step: SearchStep): readonly string[] {
  const found = [...payments].filter((payment) => isFound(payment, step));
  found.sort((a, b) => compare(sortKey(a, step.by), sortKey(b, step.by)) || compare(a.id, b.id));
  const ids = found.map(({ id }) => id);
  return step.descending ? ids.reverse() : ids;
}

function isFound(payment: ReferencePayment, step: SearchStep): boolean {
  const { statuses, currency, minAmount, maxAmount, text, customer, metadata } = step;
  if (statuses.length === 0 ? payment.status === 'deleted' : !statuses.some((each) => each === payment.status))
    return false;
  if (currency !== null && payment.currency !== currency) return false;
  if (minAmount !== null && payment.amount < minAmount) return false;
  if (maxAmount !== null && payment.amount > maxAmount) return false;
  if (customer !== null && payment.customer !== customer) return false;
  if (text !== null && !hasText(payment, text)) return false;
  return Object.entries(metadata).every(([key, value]) => payment.metadata[key] === value);
}

function hasText(payment: ReferencePayment, text: string): boolean {
  const texts = [payment.description, payment.customer, payment.reference, ...Object.values(payment.metadata)];
  const words = texts.flatMap((each) => wordsOf(each ?? ''));
  const asked = wordsOf(text);
  const last = asked.pop() ?? '';
  return asked.every((word) => words.includes(word)) && words.some((word) => word.startsWith(last));
}

/** Enough for the words of these runs: lower-case letters and digits, everything else between them. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

function sortKey(payment: ReferencePayment, by: SearchStep['by']): string {
  if (by === 'status') return payment.status;
  if (by === 'created') return String(1000 - payment.age).padStart(6, '0');
  return `${String(payment.amount).padStart(30, '0')} ${payment.currency}`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Suggestions as `count field text`, most frequent first. */
export function suggestedBy(payments: Payments, prefix: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const payment of payments) {
    if (payment.status === 'deleted') continue;
    const offers = [
      ...(payment.customer === null ? [] : [['customer', payment.customer]]),
      ...(payment.reference === null ? [] : [['reference', payment.reference]]),
      ...new Set(wordsOf(payment.description ?? '')).values().map((word) => ['description', word]),
    ];
    for (const [field = '', text = ''] of offers) {
      if (!text.toLowerCase().startsWith(prefix.toLowerCase())) continue;
      const key = `${field} ${text}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const textOf = (key: string) => key.slice(key.indexOf(' ') + 1);
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || compare(textOf(a), textOf(b)) || fieldOrder(a) - fieldOrder(b))
    .slice(0, 10)
    .map(([key, count]) => `${count} ${key}`);
}

const fieldOrder = (key: string): number =>
  ['customer', 'reference', 'description'].findIndex((each) => key.startsWith(each));

/** Counts and sums of the payments of those ages: `from` days before the run, up to but not `to` days before it. */
export function countedBy(payments: Payments, from: number | null, to: number | null) {
  const counted = [...payments].filter(
    ({ status, age }) => status !== 'deleted' && (from === null || age <= from) && (to === null || age > to),
  );
  const currencies = [...new Set(counted.map(({ currency }) => currency))].sort();
  const totals = currencies.map((currency) => {
    const its = counted.filter((payment) => payment.currency === currency);
    return {
      currency,
      count: its.length,
      amount: sum(its.map(({ amount }) => amount)),
      captured: sum(its.map(({ captured }) => captured)),
      refunded: sum(its.map(refundedOf)),
    };
  });
  const byStatus: Record<string, number> = {};
  for (const { status } of counted) byStatus[status] = (byStatus[status] ?? 0) + 1;
  const byCurrency = Object.fromEntries(totals.map(({ currency, count }) => [currency, count]));
  return { count: counted.length, byStatus, byCurrency, totals };
}

/** A payment in what both sides can say of it. */
export function pictureOf(payment: ReferencePayment) {
  const { id, reference, amount, currency, status, captured, description, customer, metadata } = payment;
  return {
    ...{ id, reference, amount, currency, status, captured, description, customer, metadata },
    refunded: refundedOf(payment),
    erased: payment.erased,
    failure: payment.failure,
    imported: payment.imported,
    version: payment.events.length,
    attempts: payment.attempts.map((item) => [item.id, item.amount, item.status]),
    refunds: payment.refunds.map((item) => [item.id, item.amount, item.status]),
  };
}
