// One page of a search: the same pages, totals and cursors as `searchDocuments` gives over all documents.

import { isDeepStrictEqual } from 'node:util';
import {
  COUNT_CAP,
  cursorOf,
  everyPayment,
  nextCursor,
  placeOf,
  PortFailure,
  type PaymentFilter,
  type SearchPage,
  type SearchPayments,
  type SearchSource,
  type Sort,
  type SortPlace,
} from '@paystrata/application';
import { paymentStatuses } from '@paystrata/domain';
import { sql, type SqlBool } from 'kysely';
import { integer } from '../../rows.ts';
import type { ProjectionSession } from '../projecting/projection.ts';
import { splitAmount } from './exact-amounts.ts';
import { matchingPayments, planMatching, type Matching, type Way } from './matching.ts';
import { documentOf } from './payment-document.ts';
import { tablesOf } from './payment-tables.ts';
import { ALL_TIME } from './time-levels.ts';

/**
 * @param walkAbove with more matches than this, the page is looked for along the order.
 * @throws PortFailure as `searchDocuments` does.
 */
export async function searchPayments(
  session: ProjectionSession,
  query: SearchPayments,
  source: SearchSource,
  walkAbove = COUNT_CAP,
): Promise<SearchPage> {
  const cursor = cursorOf(query, source);
  if (cursor !== null && cursor.position > source.position) {
    throw new PortFailure('POSITION_TIMEOUT', 'the search is older than its first page was: try again');
  }
  const matching = await planMatching(session, source.organizationId, query.filter);
  if (matching === null) return { payments: [], hasMore: false, next: null, total: { value: 0, capped: false } };
  const count = isSummed(query.filter)
    ? await countSummed(session, source.organizationId, query.filter)
    : await countMatching(session, matching);
  // Few are gathered and sorted; where many match, or one in four, the order has one every now and then.
  const isDense = count > walkAbove || (count > FEW && count * 4 >= (await sizeOf(session, source.organizationId)));
  const way = isDense ? 'walk' : 'gather';
  const found = count === 0 ? [] : await pageOf(session, matching, query, cursor?.place ?? null, way);
  const payments = found.slice(0, query.limit).map(documentOf);
  const hasMore = found.length > query.limit;
  const last = payments.at(-1);
  const place = hasMore && last !== undefined ? placeOf(last.payment, query.sort.by) : null;
  return {
    payments,
    hasMore,
    next: place === null ? null : nextCursor(place, query, source, cursor),
    total: { value: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP },
  };
}

/** So many are sorted in less than a millisecond. */
const FEW = 500;

/** All payments of the organization. */
function sizeOf(session: ProjectionSession, organization: string): Promise<number> {
  return countSummed(session, organization, { statuses: paymentStatuses, currencies: [] });
}

/** Whether the sums by status and currency say how many match: whatever their number, a few rows do. */
function isSummed(filter: PaymentFilter): boolean {
  return isDeepStrictEqual({ ...filter, statuses: [], currencies: [] }, everyPayment);
}

async function countSummed(
  session: ProjectionSession,
  organization: string,
  { statuses, currencies }: Pick<PaymentFilter, 'statuses' | 'currencies'>,
): Promise<number> {
  const query = tablesOf(session)
    .selectFrom('sums as s')
    .select(sql`cast(coalesce(sum(s.count), 0) as bigint)`.as('count'))
    .where('s.organization', '=', organization)
    .where('s.instant', '=', 'created')
    .where('s.level', '=', ALL_TIME)
    .$if(statuses.length === 0, (some) => some.where('s.status', '<>', 'deleted'))
    .$if(statuses.length > 0, (some) => some.where('s.status', 'in', statuses))
    .$if(currencies.length > 0, (some) => some.where('s.currency', 'in', currencies));
  const [row = {}] = await session.all(query.compile());
  return integer(row, 'count');
}

/** Exact up to the cap, one more above it. */
async function countMatching(session: ProjectionSession, matching: Matching): Promise<number> {
  const some = matchingPayments(session, matching, 'gather')
    .select('p.row')
    .limit(COUNT_CAP + 1);
  const query = tablesOf(session)
    .selectFrom(some.as('s'))
    .select(({ fn }) => fn.countAll().as('count'));
  const [row = {}] = await session.all(query.compile());
  return integer(row, 'count');
}

const columns: Readonly<Record<Sort['by'], readonly string[]>> = {
  created: ['created_at', 'id'],
  updated: ['updated_at', 'id'],
  amount: ['amount_high', 'amount_middle', 'amount_low', 'currency', 'id'],
  status: ['status', 'id'],
};

function valuesOf({ number, text, id }: SortPlace, by: Sort['by']): readonly (string | number)[] {
  switch (by) {
    case 'created':
    case 'updated':
      return [Number(number), id];
    case 'amount':
      return [...splitAmount(BigInt(number)), text, id];
    case 'status':
      return [text, id];
  }
}

/** Rows of the page, and one more where there is one. */
async function pageOf(
  session: ProjectionSession,
  matching: Matching,
  { sort, limit, page }: SearchPayments,
  after: SortPlace | null,
  way: Way,
) {
  const names = columns[sort.by];
  const direction = sort.descending ? 'desc' : 'asc';
  let query = matchingPayments(session, matching, way, names)
    .select(['p.row', 'p.position'])
    .select(names.map((name) => sql.ref(`p.${name}`).as(name)))
    .limit(limit + 1);
  if (after !== null) {
    const place = sql`(${sql.join(names.map((name) => sql.ref(`p.${name}`)))})`;
    const values = sql`(${sql.join(valuesOf(after, sort.by))})`;
    query = query.where(sql<SqlBool>`${place} ${sort.descending ? sql`<` : sql`>`} ${values}`);
  }
  // What is gathered is sorted: an order that no index has keeps databases from walking along one.
  for (const name of names) {
    const column = sql.ref(`p.${name}`);
    const gathered = textColumns.has(name) ? sql`(${column} || '')` : sql`(${column} + 0)`;
    query = query.orderBy(way === 'walk' ? column : gathered, direction);
  }
  if (page !== null && page > 1) query = query.offset((page - 1) * limit);
  // Documents are fetched for the page only, not for all that is sorted.
  const documents = tablesOf(session)
    .selectFrom(query.as('s'))
    .innerJoin('documents as x', 'x.row', 's.row')
    .select(['x.state', 'x.personal', 's.position'])
    .$call((ordered) => names.reduce((some, name) => some.orderBy(sql.ref(`s.${name}`), direction), ordered));
  return session.all(documents.compile());
}

const textColumns: ReadonlySet<string> = new Set(['id', 'currency', 'status']);
