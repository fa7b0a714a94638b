// Analytics: counted and added up by the database, put into buckets of time here.

import {
  bucketEdges,
  bucketFinder,
  nearestRank,
  TOP_CUSTOMERS,
  type Analytics,
  type AnalyticsBucket,
  type Durations,
  type PaymentAnalytics,
} from '@paystrata/application';
import { failureCodes, instantOf, type Instant, type OrganizationId } from '@paystrata/domain';
import { sql } from 'kysely';
import { integer, integerOrNull, text, type Row } from '../../rows.ts';
import type { ProjectionSession } from '../projecting/projection.ts';
import { matchingPayments, planMatching, type Matching } from './matching.ts';
import { amountSums, StatisticsSums } from './payment-sums.ts';
import { tablesOf } from './payment-tables.ts';

/**
 * @returns the same as `analyticsOf` over all documents. Linear in what the filter finds.
 * @throws InvalidMessage where more than 1,000 buckets are needed.
 */
export async function analyzePayments(
  session: ProjectionSession,
  organization: OrganizationId,
  query: PaymentAnalytics,
): Promise<Analytics> {
  const matching = await planMatching(session, organization, query.filter);
  const span = matching && (await spanOf(session, matching));
  if (matching === null || span === null) return nothing;
  const { first, last, counts } = span;
  const edges = bucketEdges(first, last, query.interval, query.timezone, 'PaymentAnalytics');
  const { all, buckets } = await bucketsOf(session, matching, query, edges);
  const { totals, byStatus, byCurrency } = all.read();
  return {
    totals,
    buckets,
    byStatus,
    byCurrency,
    byCustomer: await customersOf(session, matching),
    successRate: counts.captured + counts.failed === 0 ? null : counts.captured / (counts.captured + counts.failed),
    failures: await failuresOf(session, matching),
    durations: await durationsOf(session, matching, counts.took),
  };
}

const nothing: Analytics = {
  totals: [],
  buckets: [],
  byStatus: {},
  byCurrency: {},
  byCustomer: [],
  successRate: null,
  failures: [],
  durations: { p50: null, p95: null, p99: null },
};

interface Span {
  readonly first: Instant;
  readonly last: Instant;
  readonly counts: { readonly captured: number; readonly failed: number; readonly took: number };
}

async function spanOf(session: ProjectionSession, matching: Matching): Promise<Span | null> {
  const query = matchingPayments(session, matching, 'gather').select([
    sql`min(p.created_at)`.as('first'),
    sql`max(p.created_at)`.as('last'),
    sql`count(p.failure)`.as('failed'),
    sql`count(p.took)`.as('took'),
    sql`count(case when p.captured_low > 0 or p.captured_middle > 0 or p.captured_high > 0 then 1 end)`.as('captured'),
  ]);
  const [row = {}] = await session.all(query.compile());
  const first = integerOrNull(row, 'first');
  if (first === null) return null;
  const [captured, failed, took] = ['captured', 'failed', 'took'].map((name) => integer(row, name));
  return {
    first: instantOf(first),
    last: instantOf(integer(row, 'last')),
    counts: { captured: captured ?? 0, failed: failed ?? 0, took: took ?? 0 },
  };
}

/**
 * The database groups by the largest stretch of time of which all edges are multiples, counted from the first edge, so
 * no stretch lies in two buckets.
 */
async function bucketsOf(
  session: ProjectionSession,
  matching: Matching,
  { interval, timezone }: PaymentAnalytics,
  edges: readonly Instant[],
): Promise<{ readonly all: StatisticsSums; readonly buckets: readonly AnalyticsBucket[] }> {
  const begin = edges[0] ?? instantOf(0);
  const stretch = edges.reduce((divisor, edge) => greatestDivisor(divisor, edge - begin), 0) || 1;
  const slot = sql`((p.created_at - ${sql.lit(begin)}) / ${sql.lit(stretch)})`;
  const query = matchingPayments(session, matching, 'gather')
    .select(['p.status', 'p.currency', slot.as('slot'), sql`count(*)`.as('count')])
    .select(amountSums('p'))
    .groupBy(['p.status', 'p.currency', slot]);
  const all = new StatisticsSums();
  const sums = new Map<Instant, StatisticsSums>();
  for (const start of edges.slice(0, -1)) sums.set(start, new StatisticsSums());
  const startOf = bucketFinder(interval, timezone);
  for (const row of await session.all(query.compile())) {
    all.add(row);
    sums.get(startOf(instantOf(begin + integer(row, 'slot') * stretch)))?.add(row);
  }
  return { all, buckets: [...sums].map(([start, sum]): AnalyticsBucket => ({ start, ...sum.read() })) };
}

function greatestDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

async function customersOf(session: ProjectionSession, matching: Matching): Promise<Analytics['byCustomer']> {
  const query = matchingPayments(session, matching, 'gather')
    .select(['p.customer', sql<number>`count(*)`.as('count')])
    .where('p.customer', 'is not', null)
    .groupBy('p.customer')
    .orderBy('count', 'desc')
    .orderBy('p.customer')
    .limit(TOP_CUSTOMERS);
  const rows = await session.all(query.compile());
  return rows.map((row) => ({ customer: text(row, 'customer'), count: integer(row, 'count') }));
}

async function failuresOf(session: ProjectionSession, matching: Matching): Promise<Analytics['failures']> {
  const query = matchingPayments(session, matching, 'gather')
    .select(['p.failure', sql<number>`count(*)`.as('count')])
    .where('p.failure', 'is not', null)
    .groupBy('p.failure')
    .orderBy('count', 'desc')
    .orderBy('p.failure');
  const rows = await session.all(query.compile());
  return rows.flatMap((row) => {
    const code = failureCodes.find((known) => known === row['failure']);
    return code === undefined ? [] : [{ code, count: integer(row, 'count') }];
  });
}

const percents = [50, 95, 99] as const;

async function durationsOf(session: ProjectionSession, matching: Matching, count: number): Promise<Durations> {
  if (count === 0) return nothing.durations;
  const rankOf = (percent: number) => Math.ceil((percent * count) / 100);
  const ranked = matchingPayments(session, matching, 'gather')
    .select(['p.took', sql<number>`row_number() over (order by p.took)`.as('place')])
    .where('p.took', 'is not', null);
  const query = tablesOf(session)
    .selectFrom(ranked.as('r'))
    .select(['r.took', 'r.place'])
    .where('r.place', 'in', percents.map(rankOf));
  const found = new Map((await session.all(query.compile())).map((row: Row) => [integer(row, 'place'), row]));
  const at = (percent: number) => {
    const row = found.get(rankOf(percent));
    return row === undefined ? nearestRank([], percent) : integer(row, 'took');
  };
  return { p50: at(50), p95: at(95), p99: at(99) };
}
