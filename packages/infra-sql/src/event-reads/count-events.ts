// Statistics and trends of events: added up from what was counted as they came, where the question allows it.

import {
  bucketFinder,
  countEvents,
  EventTally,
  PortFailure,
  TOP_PAYMENTS,
  TrendTally,
  trendsOf,
  type EventCounts,
  type EventFilter,
  type EventGroup,
  type EventStatistics,
  type EventTrends,
  type Interval,
  type PaymentCounts,
  type Trend,
} from '@paystrata/application';
import { instantOf, parsePaymentId, paymentEventTypes, type OrganizationId } from '@paystrata/domain';
import { sql } from 'kysely';
import type { ProjectionSession } from '../reads/projecting/projection.ts';
import { integer, text, type Row } from '../rows.ts';
import { eventTablesOf, QUARTER } from './event-tables.ts';
import { matchingEvents } from './matching-events.ts';
import { eachMatching } from './search-events.ts';

export async function eventStatistics(
  session: ProjectionSession,
  organization: OrganizationId,
  query: EventStatistics,
): Promise<EventCounts> {
  const { filter, timezone } = query;
  if (filter.criteria.length > 0) return countEvents(eachMatching(session, organization, filter), query);
  const tally = new EventTally(timezone);
  for (const group of await groupsOf(session, organization, filter, ['hour', 'day'], timezone)) tally.add(group);
  const { byType } = tally.counts({ payments: 0, byPayment: [] });
  return tally.counts(await paymentCounts(session, organization, filter, byType));
}

export async function eventTrends(
  session: ProjectionSession,
  organization: OrganizationId,
  query: EventTrends,
): Promise<readonly Trend[]> {
  const { filter, interval, timezone } = query;
  if (filter.criteria.length > 0) return trendsOf(eachMatching(session, organization, filter), query);
  const tally = new TrendTally(query);
  for (const group of await groupsOf(session, organization, filter, [interval], timezone)) tally.add(group);
  return tally.trends();
}

/** Groups of events, each of which lies in one bucket of every interval. */
async function groupsOf(
  session: ProjectionSession,
  organization: OrganizationId,
  filter: EventFilter,
  intervals: readonly Interval[],
  timezone: string,
): Promise<readonly EventGroup[]> {
  const finders = intervals.map((interval) => bucketFinder(interval, timezone));
  const known = new Map<number, boolean>();
  const isWhole = ({ at }: EventGroup): boolean => {
    const whole = known.get(at) ?? finders.every((startOf) => startOf(at) === startOf(instantOf(at + QUARTER - 1)));
    known.set(at, whole);
    return whole;
  };
  const quarters = await quartersOf(session, organization, filter);
  const whole = quarters.filter(isWhole);
  if (whole.length === quarters.length) return whole;
  // Where the clocks of a zone differed by odd minutes, as in former times: event by event.
  const torn = new Set(quarters.filter((group) => !isWhole(group)).map(({ at }) => at));
  const groups: (readonly EventGroup[])[] = [whole];
  for (const from of torn) {
    groups.push(await rowGroups(session, organization, within(filter, from, from + QUARTER), 1));
  }
  return groups.flat();
}

/** By quarters of an hour: whole ones as they were counted, where nothing but type, actor and time is asked for. */
async function quartersOf(
  session: ProjectionSession,
  organization: OrganizationId,
  filter: EventFilter,
): Promise<readonly EventGroup[]> {
  const { from, to } = filter.recorded;
  const first = from === null ? null : Math.ceil(from / QUARTER);
  const last = to === null ? null : Math.floor(to / QUARTER);
  const isCounted = filter.paymentId === null && filter.correlationId === null && filter.text === null;
  if (!isCounted || (first !== null && last !== null && first >= last)) {
    return rowGroups(session, organization, filter, QUARTER);
  }
  const edges = [
    ...(first === null || from === null || first * QUARTER === from ? [] : [within(filter, from, first * QUARTER)]),
    ...(last === null || to === null || last * QUARTER === to ? [] : [within(filter, last * QUARTER, to)]),
  ];
  const groups = [await countedGroups(session, organization, filter, first, last)];
  for (const edge of edges) groups.push(await rowGroups(session, organization, edge, QUARTER));
  return groups.flat();
}

function within(filter: EventFilter, from: number, to: number): EventFilter {
  const { recorded } = filter;
  const start = Math.max(from, recorded.from ?? from);
  const end = Math.min(to, recorded.to ?? to);
  return { ...filter, recorded: { from: instantOf(start), to: instantOf(end) } };
}

async function countedGroups(
  session: ProjectionSession,
  organization: OrganizationId,
  { types, actor }: EventFilter,
  first: number | null,
  last: number | null,
): Promise<readonly EventGroup[]> {
  let query = eventTablesOf(session)
    .selectFrom('event_counts as c')
    .select(['c.quarter', 'c.type', 'c.actor', 'c.count'])
    .where('c.organization', '=', organization);
  if (first !== null) query = query.where('c.quarter', '>=', first);
  if (last !== null) query = query.where('c.quarter', '<', last);
  if (types.length > 0) query = query.where('c.type', 'in', [...types]);
  if (actor !== null) query = query.where('c.actor', '=', actor);
  return (await session.all(query.compile())).map((row) => groupOf(row, QUARTER));
}

/** @param unit so many milliseconds go together */
async function rowGroups(
  session: ProjectionSession,
  organization: OrganizationId,
  filter: EventFilter,
  unit: number,
): Promise<readonly EventGroup[]> {
  // Named as a number: a parameter in one place would be another expression than the same one in another place.
  const quarter = sql<number>`e.at / ${sql.lit(unit)}`;
  const query = matchingEvents(session, organization, filter)
    .select([quarter.as('quarter'), 'e.type', 'e.actor', ({ fn }) => fn.countAll().as('count')])
    .groupBy([quarter, 'e.type', 'e.actor']);
  return (await session.all(query.compile())).map((row) => groupOf(row, unit));
}

function groupOf(row: Row, unit: number): EventGroup {
  const name = text(row, 'type');
  const type = paymentEventTypes.find((each) => each === name);
  if (type === undefined) throw damaged(`${name} is no type of event`);
  const at = instantOf(integer(row, 'quarter') * unit);
  return { at, type, actor: text(row, 'actor'), count: integer(row, 'count') };
}

async function paymentCounts(
  session: ProjectionSession,
  organization: OrganizationId,
  filter: EventFilter,
  byType: EventCounts['byType'],
): Promise<PaymentCounts> {
  const db = eventTablesOf(session);
  if (isEverything(filter)) {
    const most = db
      .selectFrom('event_payments as c')
      .select(['c.payment', 'c.count'])
      .where('c.organization', '=', organization)
      .orderBy('c.count', 'desc')
      .orderBy('c.payment')
      .limit(TOP_PAYMENTS);
    // Every payment begins with one of these, once.
    const payments = (byType.PaymentCreated ?? 0) + (byType.PaymentImported ?? 0);
    return { payments, byPayment: (await session.all(most.compile())).map(paymentCountOf) };
  }
  const grouped = matchingEvents(session, organization, filter)
    .select(['e.payment', ({ fn }) => fn.countAll().as('count')])
    .groupBy('e.payment');
  const most = grouped.orderBy('count', 'desc').orderBy('e.payment').limit(TOP_PAYMENTS);
  const number = db.selectFrom(grouped.as('g')).select(({ fn }) => fn.countAll().as('payments'));
  const [row = {}] = await session.all(number.compile());
  return { payments: integer(row, 'payments'), byPayment: (await session.all(most.compile())).map(paymentCountOf) };
}

function isEverything({
  types,
  paymentId,
  actor,
  correlationId,
  recorded,
  criteria,
  text: words,
}: EventFilter): boolean {
  const named = [paymentId, actor, correlationId, recorded.from, recorded.to, words];
  return types.length === 0 && criteria.length === 0 && named.every((value) => value === null);
}

function paymentCountOf(row: Row): EventCounts['byPayment'][number] {
  const id = text(row, 'payment');
  const paymentId = parsePaymentId(id);
  if (paymentId === undefined) throw damaged(`${id} is no id of a payment`);
  return { paymentId, count: integer(row, 'count') };
}

function damaged(problem: string): PortFailure {
  return new PortFailure('STORE_DAMAGED', `the counts of events cannot be read: ${problem}; rebuild the read model`);
}
