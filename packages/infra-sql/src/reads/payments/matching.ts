// What a filter means in SQL, and where to look for what it finds.

import { textQueryOf, type PaymentFilter, type TimeRange } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { ProjectionSession } from '../projecting/projection.ts';
import { integer } from '../../rows.ts';
import { splitAmount } from './exact-amounts.ts';
import { metadataTerm, type Term } from './payment-rows.ts';
import { tablesOf } from './payment-tables.ts';
import { prefixRange } from './prefix-range.ts';

export type Condition = RawBuilder<SqlBool>;

/** What a filter asks of the terms; `prefix`: of a word that begins so. */
interface Wanted {
  readonly terms: readonly Term[];
  readonly prefix: string | null;
}

/** A filter that can be asked of the rows `p`. */
export interface Matching {
  readonly organization: OrganizationId;
  readonly filter: PaymentFilter;
  readonly wanted: Wanted;
  /** The one of the wanted that has fewest rows; null: the columns say better where to look. */
  readonly rarest: Term | 'prefix' | null;
}

/** Rows of a term that are counted to find the rarest. */
const RARE = 1000;

/** @returns null where nothing can match. */
export async function planMatching(
  session: ProjectionSession,
  organization: OrganizationId,
  filter: PaymentFilter,
): Promise<Matching | null> {
  const text = filter.text === null ? null : textQueryOf(filter.text);
  if (filter.text !== null && text === null) return null;
  const wanted: Wanted = {
    terms: [
      ...(text?.words ?? []).map((term): Term => ({ kind: 'token', term })),
      ...(filter.customer === null ? [] : [{ kind: 'customer', term: filter.customer } as const]),
      ...(filter.resourceId === null ? [] : [{ kind: 'resource', term: filter.resourceId } as const]),
      ...Object.entries(filter.metadata).map(([key, value]) => metadataTerm(key, value)),
    ],
    prefix: text?.prefix ?? null,
  };
  const rarest = filter.reference === null ? await rarestOf(session, organization, wanted) : null;
  return rarest === 'nothing' ? null : { organization, filter, wanted, rarest };
}

async function rarestOf(
  session: ProjectionSession,
  organization: OrganizationId,
  { terms, prefix }: Wanted,
): Promise<Term | 'prefix' | 'nothing' | null> {
  const candidates: readonly (Term | 'prefix')[] = prefix === null ? terms : [...terms, 'prefix'];
  const [only] = candidates;
  if (candidates.length <= 1) return only ?? null;
  let best: { readonly candidate: Term | 'prefix'; readonly count: number } | null = null;
  for (const candidate of candidates) {
    const some = rowsOf(session, organization, candidate, prefix).limit(RARE);
    const query = tablesOf(session)
      .selectFrom(some.as('s'))
      .select(({ fn }) => fn.countAll().as('count'));
    const [row = {}] = await session.all(query.compile());
    const count = integer(row, 'count');
    if (count === 0) return 'nothing';
    if (best === null || count < best.count) best = { candidate, count };
  }
  return best?.candidate ?? null;
}

/** The rows that have a term, each once. */
function rowsOf(session: ProjectionSession, organization: string, wanted: Term | 'prefix', prefix: string | null) {
  const { kind, term } = wanted === 'prefix' ? { kind: 'token', term: null } : wanted;
  const query = tablesOf(session)
    .selectFrom('terms as t')
    .select('t.row')
    .where('t.organization', '=', organization)
    .where('t.kind', '=', kind);
  if (term !== null) return query.where('t.term', '=', term);
  return query.distinct().where(sql<SqlBool>`${prefixRange(sql.ref('t.term'), prefix ?? '')}`);
}

/** How a query goes about it: `gather` what matches, or `walk` along an order and look at each row. */
export type Way = 'gather' | 'walk';

/** The payments that match, as `p`. Walking, only the columns in `along` may choose the index. */
export function matchingPayments(
  session: ProjectionSession,
  matching: Matching,
  way: Way,
  along: readonly string[] = [],
) {
  const { organization, rarest, wanted } = matching;
  const from = way === 'gather' ? rarest : null;
  // Kept out of the choice of an index: SQLite has no statistics to choose by.
  const column = (name: string) =>
    session.dialect === 'sqlite' && (from !== null || (way === 'walk' && !along.includes(name)))
      ? sql`+${sql.ref(`p.${name}`)}`
      : sql.ref(`p.${name}`);
  const of = from === null ? sql.ref('p.organization') : column('organization');
  const conditions = [
    sql<SqlBool>`${of} = ${organization}`,
    ...columnConditions(matching.filter, column),
    ...termConditions(session, matching, from),
  ];
  const db = tablesOf(session);
  if (from === null) return db.selectFrom('payments as p').where(all(conditions));
  const found = rowsOf(session, organization, from, wanted.prefix);
  return db.selectFrom(found.as('d')).crossJoin('payments as p').whereRef('p.row', '=', 'd.row').where(all(conditions));
}

function all(conditions: readonly Condition[]): Condition {
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

function columnConditions(filter: PaymentFilter, column: (name: string) => RawBuilder<unknown>): readonly Condition[] {
  const { statuses, currencies, minAmount, maxAmount, reference, userId, workflowId } = filter;
  const equal = (name: string, value: string | null) =>
    value === null ? [] : [sql<SqlBool>`${column(name)} = ${value}`];
  const oneOf = (name: string, values: readonly string[]) =>
    sql<SqlBool>`${column(name)} in (${sql.join([...values])})`;
  const amount = sql`(${sql.join(['amount_high', 'amount_middle', 'amount_low'].map(column))})`;
  return [
    statuses.length === 0 ? sql<SqlBool>`${column('status')} <> 'deleted'` : oneOf('status', statuses),
    ...(currencies.length === 0 ? [] : [oneOf('currency', currencies)]),
    ...(minAmount === null || minAmount <= 0n
      ? []
      : [sql<SqlBool>`${amount} >= (${sql.join(splitAmount(minAmount))})`]),
    ...(maxAmount === null ? [] : [sql<SqlBool>`${amount} <= (${sql.join(splitAmount(maxAmount))})`]),
    ...within(column('created_at'), filter.created),
    ...within(column('updated_at'), filter.updated),
    ...within(column('processed_at'), filter.processed),
    ...equal('reference', reference),
    ...equal('user_id', userId),
    ...equal('workflow_id', workflowId),
  ];
}

/** What has no such instant is in no range that has an end: a comparison with null is not true. */
function within(column: RawBuilder<unknown>, { from, to }: TimeRange): readonly Condition[] {
  return [
    ...(from === null ? [] : [sql<SqlBool>`${column} >= ${from}`]),
    ...(to === null ? [] : [sql<SqlBool>`${column} < ${to}`]),
  ];
}

function termConditions(
  { dialect }: ProjectionSession,
  { organization, wanted }: Matching,
  from: Term | 'prefix' | null,
): readonly Condition[] {
  const has = ({ kind, term }: Term) =>
    sql<SqlBool>`exists (select 1 from ${sql.table('terms')} as h where h.organization = ${organization}
      and h.kind = ${kind} and h.term = ${term} and h.row = p.row)`;
  const find = dialect === 'sqlite' ? sql`instr` : sql`strpos`;
  return [
    ...wanted.terms.filter((term) => term !== from).map(has),
    ...(wanted.prefix === null || from === 'prefix'
      ? []
      : [sql<SqlBool>`${find}(p.tokens, ${` ${wanted.prefix}`}) > 0`]),
  ];
}
