import { describe, expect, it } from 'vitest';
import { InvalidMessage } from '../../ports/failures.ts';
import { everyEvent } from '../../read/event-queries.ts';
import { everyPayment } from '../../read/queries.ts';
import { parseMessage } from '../parse-message.ts';
import { parseAsOf } from './get-payment.ts';
import { querySchemas, type QueryType } from './query-schemas.ts';

const id = '0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b';
const march = Date.UTC(2026, 2, 1);

function parse<Type extends QueryType>(type: Type, input: Readonly<Record<string, unknown>> = {}): unknown {
  return parseMessage<unknown>(querySchemas[type], type, { type, ...input });
}

/** What is said to be wrong, as `path: message`. */
function issuesOf(type: QueryType, input: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    parse(type, input);
  } catch (error) {
    if (error instanceof InvalidMessage) return error.issues.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

describe('the schemas of queries', () => {
  it('fill in every default', () => {
    expect(parse('SearchPayments')).toEqual({
      type: 'SearchPayments',
      filter: everyPayment,
      sort: { by: 'created', descending: true },
      limit: 10,
      cursor: null,
      page: null,
    });
    expect(parse('SuggestPayments', { prefix: 'a' })).toMatchObject({ field: null, limit: 10 });
    expect(parse('PaymentStatistics')).toMatchObject({ range: { from: null, to: null }, of: 'created' });
    expect(parse('PaymentAnalytics')).toMatchObject({ filter: everyPayment, interval: 'day', timezone: 'UTC' });
    expect(parse('SearchEvents')).toMatchObject({ filter: everyEvent, descending: true, limit: 10, cursor: null });
    expect(parse('EventStatistics')).toMatchObject({ filter: everyEvent, timezone: 'UTC' });
    expect(parse('EventTrends')).toMatchObject({ filter: everyEvent, interval: 'day', timezone: 'UTC' });
    expect(parse('ReplayEvents')).toMatchObject({ filter: everyEvent, fromVersion: 1, limit: 100 });
    expect(parse('PaymentHistory', { paymentId: id })).toMatchObject({ fromVersion: 1 });
    expect(parse('GetPayment', { paymentId: id })).toEqual({ type: 'GetPayment', paymentId: id, asOf: null });
    expect(parse('PaymentTimeline', { paymentId: id.toUpperCase() })).toMatchObject({ paymentId: id });
    expect(parse('EventCorrelation', { correlationId: 'r-1' })).toMatchObject({ correlationId: 'r-1' });
    expect(parse('CorrelationTimeline', { correlationId: 'r-1' })).toMatchObject({ correlationId: 'r-1' });
  });

  it('take what they made', () => {
    const filter = {
      currencies: ['EUR'],
      minAmount: 5,
      created: { from: '2026-03-01' },
      text: 'ada',
      statuses: ['failed'],
    };
    const once = parse('SearchPayments', { filter, limit: '25', page: '2' });
    expect(once).toMatchObject({ limit: 25, page: 2, filter: { minAmount: 5n, created: { from: march, to: null } } });
    expect(parseMessage<unknown>(querySchemas.SearchPayments, 'SearchPayments', once)).toEqual(once);
  });

  it.each([
    [{ page: 0 }, 'page: must be a whole number from 1'],
    [{ page: '0' }, 'page: must be a whole number from 1'],
    [{ page: 1.5 }, 'page: must be a whole number from 1'],
    [{ limit: 0 }, 'limit: must be a whole number from 1 to 100'],
    [{ limit: 101 }, 'limit: must be a whole number from 1 to 100'],
    [{ limit: '1e2' }, 'limit: must be a whole number from 1 to 100'],
    [{ page: 2, cursor: 'abc' }, 'page: cannot be given together with a cursor'],
    [{ page: Number.MAX_SAFE_INTEGER }, 'page: is beyond every list'],
    [{ sort: { by: 'name' } }, 'sort.by: must be one of created, updated, amount, status'],
    [{ filter: { created: { from: '2026-03-02', to: '2026-03-01' } } }, 'filter.created.to: must be later than `from`'],
    [{ filter: { created: { from: '2026-03-01', to: '2026-03-01' } } }, 'filter.created.to: must be later than `from`'],
    [{ filter: { statuses: ['done'] } }, /^filter\.statuses\.0: must be one of pending, processing/],
    [{ filter: { currencies: ['EURO'] } }, /^filter\.currencies\.0: must be the upper-case ISO 4217 code/],
    [{ filter: { minAmount: 1 } }, /^filter\.currencies: must name exactly one currency/],
    [{ filter: { maxAmount: 1, currencies: ['EUR', 'GBP'] } }, /^filter\.currencies: must name exactly one currency/],
    [{ filter: { minAmount: 2, maxAmount: 1, currencies: ['EUR'] } }, /^filter\.maxAmount: must not be less/],
    [{ filter: { minAmount: 0.5, currencies: ['EUR'] } }, /^filter\.minAmount: must be a whole number of minor units/],
    [{ filter: { reference: '' } }, 'filter.reference: must not be empty'],
    [{ filter: { text: 'a\0' } }, 'filter.text: must be well-formed Unicode without NUL'],
    [{ filter: { status: 'failed' } }, /^filter: .*"status"/],
    [{ colour: 'red' }, /^: .*"colour"/],
  ])('refuse %j', (input, issue) => {
    expect(issuesOf('SearchPayments', input)).toEqual([
      typeof issue === 'string' ? issue : expect.stringMatching(issue),
    ]);
  });

  it('take one currency with an amount range, also when it is named twice', () => {
    expect(issuesOf('SearchPayments', { filter: { minAmount: '1', currencies: ['EUR', 'EUR'] } })).toEqual([]);
  });

  it('read a blank text as none', () => {
    expect(parse('SearchPayments', { filter: { text: '  ' } })).toMatchObject({ filter: { text: null } });
    expect(issuesOf('SuggestPayments', { prefix: ' ' })).toHaveLength(1);
  });

  it.each(['Europe/Paris', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC', 'Etc/GMT+5', 'America/Argentina/Ushuaia'])(
    'know the zone %s',
    (timezone) => {
      expect(parse('EventTrends', { timezone })).toMatchObject({ timezone });
    },
  );

  it.each(['', 'Mars/Olympus', '+05:30', 'GMT+5', '../etc/passwd', 'Europe/Paris '])('know no zone %j', (timezone) => {
    expect(issuesOf('PaymentAnalytics', { timezone })).toEqual([
      'timezone: must be a time zone of the IANA database, such as Europe/Paris',
    ]);
  });

  it('want a list with `in`, and a single value otherwise', () => {
    const issues = (operator: string, value: unknown) =>
      issuesOf('SearchEvents', { filter: { criteria: [{ path: 'amount.currency', operator, value }] } });
    expect(issues('in', ['EUR'])).toEqual([]);
    expect(issues('gte', 5)).toEqual([]);
    expect(issues('contains', true)).toEqual([]);
    expect(issues('in', 'EUR')).toHaveLength(1);
    expect(issues('eq', ['EUR'])).toHaveLength(1);
    expect(issues('in', [])).toHaveLength(1);
    expect(issues('like', 'E')).toHaveLength(1);
    expect(issues('eq', { a: 1 })).toHaveLength(1);
  });

  it('want a payment with versions to replay from', () => {
    expect(issuesOf('ReplayEvents', { fromVersion: 2 })).toEqual([
      'fromVersion: needs `filter.paymentId`: versions are those of one payment',
    ]);
    expect(issuesOf('ReplayEvents', { fromVersion: 2, filter: { paymentId: id } })).toEqual([]);
  });

  it('read what a payment is wanted as of', () => {
    expect(parse('GetPayment', { paymentId: id, asOf: { version: 3 } })).toMatchObject({ asOf: { version: 3 } });
    expect(parse('GetPayment', { paymentId: id, asOf: { instant: '2026-03-01T00:00:00Z' } })).toMatchObject({
      asOf: { instant: march },
    });
    expect(issuesOf('GetPayment', { paymentId: id, asOf: { version: 0 } })).toHaveLength(1);
    expect(issuesOf('GetPayment', { paymentId: 'x' })).toEqual(['paymentId: must be a UUID']);
    expect(parseAsOf('3')).toEqual({ version: 3 });
    expect(parseAsOf('2026-03-01')).toEqual({ instant: march });
    expect(parseAsOf('0')).toBeUndefined();
    expect(parseAsOf('yesterday')).toBeUndefined();
  });
});
