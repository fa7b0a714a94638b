// Analytics: the engine counts and adds up between instants that are computed here.

import {
  bucketEdges,
  statisticsFrom,
  TOP_CUSTOMERS,
  type Analytics,
  type AnalyticsBucket,
  type CurrencyTotal,
  type PaymentAnalytics,
  type PaymentStatus,
  type Statistics,
} from '@paystrata/application';
import { failureCodes, instantOf, type Instant, type OrganizationId } from '@paystrata/domain';
import { z } from 'zod';
import { exactDurations } from './durations.ts';
import { filterClause, type Clause } from './payment-filter.ts';
import { readReply } from './search-client.ts';
import type { AskIndex } from './search-page.ts';
import { groupsSchema, statisticsIn, totalsByGroup } from './statistics.ts';

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

/** The payments may change between the questions that one answer takes: then they are asked once more. */
const TRIES = 5;

/**
 * @returns the same as `analyticsOf`; null where this engine cannot tell.
 * @throws InvalidMessage where more than 1,000 buckets are needed.
 */
export async function engineAnalytics(
  ask: AskIndex,
  organization: OrganizationId,
  query: PaymentAnalytics,
): Promise<Analytics | null> {
  const clause = filterClause(organization, query.filter);
  if (clause === null) return nothing;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const answer = await analyze(ask, clause, query);
    if (answer !== 'changed') return answer;
  }
  return null;
}

async function analyze(ask: AskIndex, clause: Clause, query: PaymentAnalytics): Promise<Analytics | 'changed' | null> {
  const overview = await overviewOf(ask, clause);
  if (overview === null) return null;
  const { first, last, state, took } = overview;
  if (first === null || last === null) return nothing;
  const edges = bucketEdges(instantOf(first), instantOf(last), query.interval, query.timezone, 'PaymentAnalytics');
  const buckets = await bucketsOf(ask, clause, edges);
  if (buckets === null) return null;
  const durations = await exactDurations(ask, clause, took);
  if (durations === null) return null;
  const after = await stateOf(ask, clause);
  if (after !== state) return after === null ? null : 'changed';
  const all = sumOf(buckets);
  const { captured, failed } = overview;
  return {
    totals: all.totals,
    buckets,
    byStatus: all.byStatus,
    byCurrency: all.byCurrency,
    byCustomer: overview.customers,
    successRate: captured + failed === 0 ? null : captured / (captured + failed),
    failures: overview.failures,
    durations,
  };
}

/** The number of the payments found and the sum of their fingerprints: another one, once any of them changed. */
const fingerprints = {
  state: { value_count: { field: 'id' } },
  high: { sum: { field: 'fingerprint_high' } },
  low: { sum: { field: 'fingerprint_low' } },
};

const value = z.object({ value: z.number() });
const extreme = z.object({ value: z.number().nullable() });
const terms = z.object({ buckets: z.array(z.object({ key: z.string(), doc_count: z.int() })) });
const stateSchema = z.object({ state: value, high: value, low: value });

async function stateOf(ask: AskIndex, query: Clause): Promise<string | null> {
  const reply = await ask({ query, size: 0, track_total_hits: false, aggs: fingerprints });
  return reply === null ? null : stateIn(readReply(z.object({ aggregations: stateSchema }), reply).aggregations);
}

function stateIn({ state, high, low }: z.infer<typeof stateSchema>): string {
  return [state, high, low].map((each) => each.value).join('/');
}

const overviewSchema = z.object({
  aggregations: stateSchema.extend({
    first: extreme,
    last: extreme,
    shortest: extreme,
    longest: extreme,
    took: value,
    failed: value,
    captured: z.object({ doc_count: z.int() }),
    customers: terms,
    failures: terms,
  }),
});

async function overviewOf(ask: AskIndex, query: Clause) {
  const aggs = {
    ...fingerprints,
    first: { min: { field: 'created' } },
    last: { max: { field: 'created' } },
    shortest: { min: { field: 'took' } },
    longest: { max: { field: 'took' } },
    took: { value_count: { field: 'took' } },
    failed: { value_count: { field: 'failure' } },
    captured: { filter: { term: { captured: true } } },
    customers: { terms: { field: 'customer', size: TOP_CUSTOMERS } },
    failures: { terms: { field: 'failure', size: failureCodes.length } },
  };
  const reply = await ask({ query, size: 0, track_total_hits: false, aggs });
  if (reply === null) return null;
  const found = readReply(overviewSchema, reply).aggregations;
  return {
    state: stateIn(found),
    first: found.first.value,
    last: found.last.value,
    took: { count: found.took.value, least: found.shortest.value ?? 0, most: found.longest.value ?? 0 },
    failed: found.failed.value,
    captured: found.captured.doc_count,
    customers: found.customers.buckets.map(({ key, doc_count: count }) => ({ customer: key, count })),
    failures: found.failures.buckets.flatMap(({ key, doc_count: count }) => {
      const code = failureCodes.find((known) => known === key);
      return code === undefined ? [] : [{ code, count }];
    }),
  };
}

/** So many at a time stay below the number of buckets that engines answer, whatever currencies there are. */
const BUCKETS_AT_A_TIME = 100;

async function bucketsOf(
  ask: AskIndex,
  query: Clause,
  edges: readonly Instant[],
): Promise<readonly AnalyticsBucket[] | null> {
  const starts = edges.slice(0, -1);
  const buckets: AnalyticsBucket[] = [];
  for (let at = 0; at < starts.length; at += BUCKETS_AT_A_TIME) {
    const some = starts.slice(at, at + BUCKETS_AT_A_TIME);
    const ranges = some.map((from, index) => ({ from, to: edges[at + index + 1] }));
    const aggs = { buckets: { range: { field: 'created', ranges }, aggs: totalsByGroup } };
    const reply = await ask({ query, size: 0, track_total_hits: false, aggs });
    if (reply === null) return null;
    const found = readReply(bucketsSchema, reply).aggregations.buckets.buckets;
    const byStart = new Map(found.map((bucket) => [bucket.from, bucket]));
    for (const start of some) {
      const bucket = byStart.get(start);
      const statistics = bucket === undefined ? null : statisticsIn(bucket);
      if (statistics === null) return null;
      buckets.push({ start, ...statistics });
    }
  }
  return buckets;
}

const bucketsSchema = z.object({
  aggregations: z.object({ buckets: z.object({ buckets: z.array(groupsSchema.extend({ from: z.number() })) }) }),
});

/** Every payment is in one of the buckets. */
function sumOf(buckets: readonly AnalyticsBucket[]): Statistics {
  const statuses = new Map<PaymentStatus, number>();
  const totals = new Map<string, CurrencyTotal>();
  for (const { byStatus, totals: some } of buckets) {
    // The keys are those of the type.
    for (const [status, count] of Object.entries(byStatus) as [PaymentStatus, number][]) {
      statuses.set(status, (statuses.get(status) ?? 0) + count);
    }
    for (const each of some) totals.set(each.currency, added(totals.get(each.currency), each));
  }
  return statisticsFrom(statuses, totals.values());
}

function added(a: CurrencyTotal | undefined, b: CurrencyTotal): CurrencyTotal {
  if (a === undefined) return b;
  return {
    currency: b.currency,
    count: a.count + b.count,
    amount: a.amount + b.amount,
    captured: a.captured + b.captured,
    refunded: a.refunded + b.refunded,
  };
}
