// For tests: logs as they come, and questions about them. Few different values, so that questions find something.

import {
  everyEvent,
  intervals,
  type EventFilter,
  type EventStatistics,
  type EventTrends,
  type RecordedEvent,
  type SearchEvents,
  type TimeRange,
} from '@paystrata/application';
import {
  instantOf,
  money,
  parseCommandId,
  parseCurrency,
  parsePaymentId,
  parseSubjectId,
  type PaymentEvent,
} from '@paystrata/domain';
import fc from 'fast-check';
import { acme, globex, known } from '../../testing/entries.ts';

const eur = known(parseCurrency('EUR'));
const actors = ['system', 'key-1', 'Key-1'];
const correlations = ['order-1', 'order-2', 'order-10'];
const words = ['Ada', 'adam', 'Ångström', '東京', 'rent', 'rental', '😀b', ''];
/** In the earlier one, clocks of Monrovia differed by odd seconds. */
const beginnings = [Date.UTC(2026, 2, 28, 22), Date.UTC(1971, 11, 30)];
const zones = ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Africa/Monrovia', 'Australia/Lord_Howe'];

const text = fc.array(fc.constantFrom(...words), { maxLength: 3 }).map((list) => list.join(' '));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 1 });
const plain = { noNullPrototype: true } as const;

const deed = fc.record(
  {
    payment: fc.nat(5),
    kind: fc.constantFrom('note', 'note', 'cancel', 'delete', 'erase', 'refund'),
    actor: fc.constantFrom(...actors),
    correlation: fc.constantFrom(...correlations),
    /** The clock may go back. */
    minutes: fc.integer({ min: -50, max: 100 }),
    text,
    amount: fc.constantFrom(1n, 2n, 10n, 2n ** 53n + 1n),
  },
  plain,
);
type Deed = typeof deed extends fc.Arbitrary<infer Of> ? Of : never;

/** A log as it was when each event was new. */
export const logs = fc
  .tuple(fc.constantFrom(...beginnings), fc.array(deed, { maxLength: 40, size: 'max' }))
  .map(([beginning, deeds]) => logOf(beginning, deeds));

function logOf(beginning: number, deeds: readonly Deed[]): readonly RecordedEvent[] {
  const versions = new Map<number, number>();
  let at = beginning;
  return deeds.map((each, index) => {
    at += each.minutes * 60_000 + 1;
    const version = (versions.get(each.payment) ?? 0) + 1;
    versions.set(each.payment, version);
    const happened = { ...factOf(each, version), at: instantOf(at) } as PaymentEvent;
    return {
      ...happened,
      eventId: uuid(index + 1),
      schemaVersion: 1,
      organizationId: organizationOf(each),
      paymentId: paymentOf(each.payment),
      version,
      actor: each.actor,
      userId: null,
      correlationId: each.correlation,
      causationId: null,
      commandId: known(parseCommandId(uuid(10_000 + index))),
      metadata: {},
      position: 3 * index + 1,
    };
  });
}

function factOf({ payment, kind, text: reason, amount }: Deed, version: number): Omit<PaymentEvent, 'at'> {
  const subject = known(parseSubjectId(`subject-${payment % 4}`));
  const sum = money(amount, eur);
  const personalSize = 10;
  if (version === 1) {
    const terms = { reference: null, userId: null, workflowId: null, resourceIds: ['vm-1'], createdAt: instantOf(0) };
    const personal = { customer: null, description: `${reason}.`, metadata: {} };
    const paymentId = paymentOf(payment);
    const organizationId = payment % 2 === 0 ? acme : globex;
    const data = { ...terms, paymentId, organizationId, amount: sum, subject, personal, personalSize };
    return { type: payment === 4 ? 'PaymentImported' : 'PaymentCreated', data };
  }
  switch (kind) {
    case 'note':
      return {
        type: 'PaymentUpdated',
        data: { amount: sum, reopened: false, subject, personal: { metadata: { note: `${reason} x` } }, personalSize },
      };
    case 'cancel':
      return { type: 'PaymentCancelled', data: { reason } };
    case 'delete':
      return { type: 'PaymentDeleted', data: { reason: null } };
    case 'erase':
      return { type: 'PersonalDataErased', data: { subject } };
    case 'refund': {
      const item = { kind: 'refund', id: 'r1' } as const;
      return { type: 'PaymentSettled', data: { item, outcome: 'completed', amount: sum, reason } } as Omit<
        PaymentEvent,
        'at'
      >;
    }
  }
}

function organizationOf({ payment }: Deed) {
  return payment % 2 === 0 ? acme : globex;
}

function paymentOf(number: number) {
  return known(parsePaymentId(uuid(number)));
}

function uuid(number: number): string {
  return `01980000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

const instant = fc
  .tuple(fc.constantFrom(...beginnings), fc.integer({ min: -5, max: 60 }), fc.constantFrom(0, 1, 420_000))
  .map(([beginning, quarters, more]) => instantOf(beginning + quarters * 900_000 + more));
const range: fc.Arbitrary<TimeRange> = fc.record({ from: maybe(instant), to: maybe(instant) }, plain);
const criterion: fc.Arbitrary<EventFilter['criteria'][number]> = fc.constantFrom(
  { path: 'amount.amount', operator: 'gte', value: 2 },
  { path: 'reason', operator: 'contains', value: 'rent' },
  { path: 'personal.metadata.note', operator: 'ne', value: 'Ada x' },
);

/** Most ask for one or two things. */
const asked = fc.record(
  {
    types: fc.uniqueArray(fc.constantFrom('PaymentCreated', 'PaymentUpdated', 'PaymentCancelled'), { maxLength: 2 }),
    paymentId: fc.nat(5).map(paymentOf),
    actor: fc.constantFrom(...actors),
    correlationId: fc.constantFrom(...correlations),
    recorded: range,
    criteria: fc.array(criterion, { maxLength: 1 }),
    text,
  },
  plain,
);
const keys = ['types', 'paymentId', 'actor', 'correlationId', 'recorded', 'criteria', 'text'] as const;
const filters: fc.Arbitrary<EventFilter> = fc
  .tuple(asked, fc.subarray([...keys], { maxLength: 3 }))
  .map(([values, some]) => ({ ...everyEvent, ...Object.fromEntries(some.map((key) => [key, values[key]])) }));

export const eventSearches: fc.Arbitrary<SearchEvents> = fc.record(
  {
    type: fc.constant('SearchEvents'),
    filter: filters,
    descending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 12 }),
    cursor: fc.constant(null),
  },
  plain,
);

export const eventStatisticsQueries: fc.Arbitrary<EventStatistics> = fc.record(
  { type: fc.constant('EventStatistics'), filter: filters, timezone: fc.constantFrom(...zones) },
  plain,
);

export const eventTrendsQueries: fc.Arbitrary<EventTrends> = fc.record(
  {
    type: fc.constant('EventTrends'),
    filter: filters,
    interval: fc.constantFrom(...intervals),
    timezone: fc.constantFrom(...zones),
  },
  plain,
);
