// For tests of read models: random payments that resemble each other, random lives of theirs, and random questions about them.

import {
  intervals,
  sortKeys,
  suggestionFields,
  type PaymentAnalytics,
  type PaymentDocument,
  type PaymentFilter,
  type PaymentStatistics,
  type SearchPayments,
  type SuggestPayments,
  type TimeRange,
} from '@paystrata/application';
import {
  gatewayKeyOf,
  attemptIdOf,
  instantOf,
  money,
  parseCurrency,
  parseOrganizationId,
  parsePaymentId,
  parseSubjectId,
  paymentStatuses,
  type Attempt,
  type Payment,
} from '@paystrata/domain';
import fc from 'fast-check';

export function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the test expected a value here');
  return value;
}

export const acme = known(parseOrganizationId('acme'));
export const other = known(parseOrganizationId('other'));

const start = Date.UTC(2026, 0, 15);
const currencies = ['EUR', 'USD', 'JPY'].map((code) => known(parseCurrency(code)));
/** Some of them share beginnings, fold to the same, or do not fit into a double. */
const words = [
  'Ada',
  'ada',
  'adam',
  'Ångström',
  'angstrom',
  '東京',
  'rent',
  'rental',
  'Rent-2006',
  'a',
  '😀b',
  'ﬀ',
  '',
];
const amounts = [1n, 2n, 2n, 100n, 100n, 101n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 53n + 2n, 10n ** 30n];
const names = ['Ada Lovelace', 'ada lovelace', 'Grace', 'zoe'];
const emails = ['ada@example.org', 'grace@example.org'];
const references = ['INV-1', 'INV-2', 'inv-1', 'Ärger'];

const instant = fc.integer({ min: 0, max: 40 }).map((step) => instantOf(start + step * 1_800_000));
const wordText = fc.array(fc.constantFrom(...words), { maxLength: 3 }).map((list) => list.join(' '));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 2 });
/** Objects as parsers make them. */
const plain = { noNullPrototype: true } as const;
const metadata = fc.dictionary(fc.constantFrom('team', 'ticket'), fc.constantFrom('blue', 'red team'), {
  maxKeys: 2,
  ...plain,
});

export const idOf = (number: number) =>
  known(parsePaymentId(`0198000${number % 3}-0000-7000-8000-${String(number).padStart(12, '0')}`));

const customer = fc.record({ name: maybe(fc.constantFrom(...names)), email: maybe(fc.constantFrom(...emails)) }, plain);
const personal = fc.record({ customer: maybe(customer), description: maybe(wordText), metadata }, plain);

/** What may be another thing in every version. */
const traits = fc.record({
  status: fc.constantFrom(...paymentStatuses),
  amount: fc.record({ amount: fc.constantFrom(...amounts), currency: fc.constantFrom(...currencies) }, plain),
  captured: fc.constantFrom(0n, 0n, 5n, 2n ** 53n + 1n),
  refunded: fc.constantFrom(0n, 0n, 3n),
  personal,
  createdAt: instant,
  updatedAt: instant,
  processedAt: maybe(instant),
  reference: maybe(fc.constantFrom(...references)),
  userId: maybe(fc.constantFrom('u1', 'u2')),
  workflowId: maybe(fc.constantFrom('w1', 'w2')),
  resourceIds: fc.uniqueArray(fc.constantFrom('r1', 'r2', 'r3'), { maxLength: 2 }),
  subject: maybe(fc.constantFrom('customer-1', 'Grace')),
  imported: fc.boolean(),
  failed: fc.boolean(),
  waits: fc.boolean(),
});
type Traits = typeof traits extends fc.Arbitrary<infer T> ? T : never;

export type Change =
  | { readonly kind: 'apply'; readonly number: number; readonly traits: Traits; readonly keeps: boolean }
  | { readonly kind: 'move'; readonly number: number; readonly status: Payment['status'] }
  | { readonly kind: 'remove'; readonly number: number }
  | { readonly kind: 'compact'; readonly steps: number };

const number = fc.integer({ min: 1, max: 25 });

export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('apply' as const), number, traits, keeps: fc.boolean() }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('move' as const), number, status: fc.constantFrom(...paymentStatuses) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), number }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('compact' as const), steps: fc.integer({ min: 1, max: 9 }) }),
    },
  ),
  { maxLength: 60 },
);

/** The next version of a payment, or its first. Every fifth payment belongs to the other organization. */
export function nextDocument(number: number, traits: Traits, before: PaymentDocument | undefined): PaymentDocument {
  const id = idOf(number);
  const { subject, failed, waits, ...rest } = traits;
  const version = (before?.payment.version ?? 0) + 1;
  const payment: Payment = {
    ...rest,
    id,
    organizationId: number % 5 === 0 ? other : acme,
    subject: known(parseSubjectId(subject ?? id)),
    personalErased: false,
    attempts: waits ? [waitingAttempt(number)] : [],
    refunds: [],
    failure: failed ? { code: 'card_declined', declineCode: null, retryable: false } : null,
    version,
    size: 100,
    failedAt: null,
    refundedAt: null,
  };
  return { payment, position: (before?.position ?? 0) + version };
}

function waitingAttempt(number: number): Attempt {
  const id = attemptIdOf(1);
  return {
    id,
    gatewayKey: gatewayKeyOf(idOf(number), id),
    amount: money(1n, known(currencies[0])),
    status: 'pending',
    requestedAt: instantOf(start),
    resolvedAt: null,
    gatewayReference: null,
    failure: null,
    parked: null,
    method: 'card',
  };
}

const range: fc.Arbitrary<TimeRange> = fc.record({ from: maybe(instant), to: maybe(instant) });
const rarely = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary });
const openRange: TimeRange = { from: null, to: null };
const prefixes = ['a', 'ad', 'ada', 'adam', 'r', 're', 'ren', 'rent', 'I', 'inv', 'ångs', '東', 'x', '2', '-', ''];

const filter: fc.Arbitrary<PaymentFilter> = fc.record({
  statuses: rarely(fc.uniqueArray(fc.constantFrom(...paymentStatuses), { minLength: 1 }), []),
  currencies: rarely(fc.subarray(currencies, { minLength: 1 }), []),
  minAmount: rarely(fc.constantFrom(...amounts, 0n), null),
  maxAmount: rarely(fc.constantFrom(...amounts, 0n), null),
  created: rarely(range, openRange),
  updated: rarely(range, openRange),
  processed: rarely(range, openRange),
  reference: rarely(fc.constantFrom(...references), null),
  customer: rarely(fc.constantFrom(...names, ...emails, 'customer-1', String(idOf(1))), null),
  userId: rarely(fc.constantFrom('u1', 'u3'), null),
  workflowId: rarely(fc.constantFrom('w1', 'w3'), null),
  resourceId: rarely(fc.constantFrom('r1', 'r2'), null),
  metadata: rarely(metadata, {}),
  text: rarely(
    fc.tuple(wordText, fc.constantFrom(...prefixes)).map((parts) => parts.join(' ')),
    null,
  ),
});

export const searches: fc.Arbitrary<SearchPayments> = fc.record({
  type: fc.constant('SearchPayments' as const),
  filter,
  sort: fc.record({ by: fc.constantFrom(...sortKeys), descending: fc.boolean() }),
  limit: fc.integer({ min: 1, max: 6 }),
  cursor: fc.constant(null),
  page: rarely(fc.integer({ min: 1, max: 4 }), null),
});

export const suggestionQueries: fc.Arbitrary<SuggestPayments> = fc.record({
  type: fc.constant('SuggestPayments' as const),
  prefix: fc.constantFrom(...prefixes, ' ADA', 'ada l', 'Är'),
  field: maybe(fc.constantFrom(...suggestionFields)),
  limit: fc.integer({ min: 1, max: 5 }),
});

export const statisticsQueries: fc.Arbitrary<PaymentStatistics> = fc.record({
  type: fc.constant('PaymentStatistics' as const),
  range: fc.oneof(fc.constant(openRange), range),
  of: fc.constantFrom('created' as const, 'processed' as const),
});

export const analyticsQueries: fc.Arbitrary<PaymentAnalytics> = fc.record({
  type: fc.constant('PaymentAnalytics' as const),
  filter,
  interval: fc.constantFrom(...intervals),
  timezone: fc.constantFrom('UTC', 'Asia/Kolkata'),
});
