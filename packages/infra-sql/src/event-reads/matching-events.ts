// What an event filter means in SQL.

import { textQueryOf, type EventFilter } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { prefixRange } from '../reads/payments/prefix-range.ts';
import type { ProjectionSession } from '../reads/projecting/projection.ts';
import { eventTablesOf } from './event-tables.ts';

/** The events, as `e`, that meet a filter in everything but its criteria, which only the data can tell. */
export function matchingEvents(session: ProjectionSession, organization: OrganizationId, filter: EventFilter) {
  const { types, paymentId, actor, correlationId, recorded } = filter;
  const conditions: RawBuilder<SqlBool>[] = [
    sql<SqlBool>`e.organization = ${organization}`,
    ...(types.length === 0 ? [] : [sql<SqlBool>`e.type in (${sql.join([...types])})`]),
    ...(paymentId === null ? [] : [sql<SqlBool>`e.payment = ${paymentId}`]),
    ...(actor === null ? [] : [sql<SqlBool>`e.actor = ${actor}`]),
    ...(correlationId === null ? [] : [sql<SqlBool>`e.correlation = ${correlationId}`]),
    ...(recorded.from === null ? [] : [sql<SqlBool>`e.at >= ${recorded.from}`]),
    ...(recorded.to === null ? [] : [sql<SqlBool>`e.at < ${recorded.to}`]),
    ...wordConditions(organization, filter.text),
  ];
  return eventTablesOf(session)
    .selectFrom('events as e')
    .where(sql<SqlBool>`${sql.join(conditions, sql` and `)}`);
}

function wordConditions(organization: OrganizationId, text: string | null): readonly RawBuilder<SqlBool>[] {
  if (text === null) return [];
  const query = textQueryOf(text);
  if (query === null) return [sql<SqlBool>`1 = 0`];
  const rows = sql`${sql.table('event_terms')} as t where t.organization = ${organization}`;
  const has = (word: string) =>
    sql<SqlBool>`exists (select 1 from ${rows} and t.term = ${word} and t.position = e.position)`;
  // Only one list of positions: SQLite would look up each pair of two.
  const begins = prefixRange(sql.ref('t.term'), query.prefix);
  return [...query.words.map(has), sql<SqlBool>`e.position in (select t.position from ${rows} and ${begins})`];
}
