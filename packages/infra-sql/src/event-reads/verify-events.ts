// Whether the tables of events say what the log says, and how single payments' events are written again.

import type { Difference, RecordedEvent } from '@paystrata/application';
import { parseOrganizationId } from '@paystrata/domain';
import { sql } from 'kysely';
import type { ProjectionSession } from '../reads/projecting/projection.ts';
import { integer, text, type Row } from '../rows.ts';
import { eventRow, eventWords } from './event-rows.ts';
import { events, eventTablesOf, eventTerms, QUARTER } from './event-tables.ts';

/** Asked for at a time: databases limit the parameters of a statement. */
const ROWS_A_QUERY = 300;

/** The events that the tables lack, have otherwise, or do not find by all of their words. */
export async function differingEvents(
  session: ProjectionSession,
  list: readonly RecordedEvent[],
): Promise<ReadonlyMap<RecordedEvent, string>> {
  const found = await rowsAt(session, list);
  const problems = new Map<RecordedEvent, string>();
  const words: (readonly [RecordedEvent, string])[] = [];
  for (const event of list) {
    const row = found.get(event.position);
    const wrong = row === undefined ? ['position'] : differingColumns(event, row);
    if (wrong.length === 0) words.push(...[...eventWords(event)].map((word) => [event, word] as const));
    else if (row === undefined) problems.set(event, `the event at position ${event.position} is not in the read model`);
    else problems.set(event, `the event at position ${event.position} differs in ${wrong.join(', ')}`);
  }
  for (let at = 0; at < words.length; at += ROWS_A_QUERY) {
    const some = words.slice(at, at + ROWS_A_QUERY);
    const known = await knownWords(session, some);
    for (const [event, word] of some) {
      if (known.has(`${event.position} ${word}`)) continue;
      problems.set(event, `the event at position ${event.position} is not found by all of its words`);
    }
  }
  return problems;
}

/** Counts of events that do not come to what the rows come to, of an organization or all. */
export async function differingEventCounts(
  session: ProjectionSession,
  organization: string | null,
): Promise<readonly Difference[]> {
  const counted = async (table: 'event_counts' | 'event_payments') => {
    const query = eventTablesOf(session)
      .selectFrom(table)
      .select(['organization', sql`cast(sum(count) as bigint)`.as('count')])
      .$if(organization !== null, (some) => some.where('organization', '=', organization ?? ''))
      .groupBy('organization');
    return byOrganization(await session.all(query.compile()));
  };
  const rows = await eventsOf(session, organization);
  const differences: Difference[] = [];
  for (const table of ['event_counts', 'event_payments'] as const) {
    const found = await counted(table);
    for (const name of new Set([...rows.keys(), ...found.keys()])) {
      if ((rows.get(name) ?? 0) === (found.get(name) ?? 0)) continue;
      const problem = `the counts of events by ${table === 'event_counts' ? 'time' : 'payment'} differ from the events`;
      differences.push({ organizationId: parseOrganizationId(name) ?? null, paymentId: null, problem });
    }
  }
  return differences;
}

/** Writes events as they are in the log; counts are left to `recountEvents`. */
export async function writeEventsAgain(session: ProjectionSession, list: readonly RecordedEvent[]): Promise<void> {
  const rows = list.map(eventRow);
  await session.change({ table: events, way: 'put', rows });
  const words = list.flatMap((event) => {
    const { organizationId: organization, position } = event;
    return [...eventWords(event)].map((term) => ({ organization, term, position }));
  });
  await session.change({ table: eventTerms, way: 'keep', rows: words });
}

/** Counts the events of an organization again, from their rows. */
export async function recountEvents(session: ProjectionSession, organization: string): Promise<void> {
  const tables = eventTablesOf(session);
  const quarter = sql`(${sql.ref('e.at')} - ((${sql.ref('e.at')} % ${sql.lit(QUARTER)}) + ${sql.lit(QUARTER)}) % ${sql.lit(QUARTER)}) / ${sql.lit(QUARTER)}`;
  await session.all(tables.deleteFrom('event_counts').where('organization', '=', organization).compile());
  await session.all(tables.deleteFrom('event_payments').where('organization', '=', organization).compile());
  const from = sql`from ${sql.table('events')} as e where e.organization = ${organization}`;
  await session.all(
    sql`insert into ${sql.table('event_counts')} (organization, quarter, type, actor, count)
      select e.organization, ${quarter}, e.type, e.actor, count(*) ${from} group by 1, 2, 3, 4`.compile(tables),
  );
  await session.all(
    sql`insert into ${sql.table('event_payments')} (organization, payment, count)
      select e.organization, e.payment, count(*) ${from} group by 1, 2`.compile(tables),
  );
}

async function rowsAt(session: ProjectionSession, list: readonly RecordedEvent[]): Promise<ReadonlyMap<number, Row>> {
  const found = new Map<number, Row>();
  for (let at = 0; at < list.length; at += ROWS_A_QUERY) {
    const positions = list.slice(at, at + ROWS_A_QUERY).map(({ position }) => position);
    const query = eventTablesOf(session).selectFrom('events as e').selectAll('e').where('e.position', 'in', positions);
    for (const row of await session.all(query.compile())) found.set(integer(row, 'position'), row);
  }
  return found;
}

function differingColumns(event: RecordedEvent, row: Row): readonly string[] {
  return Object.entries(eventRow(event))
    .filter(([name, value]) => row[name] !== value && (value === null || row[name] !== String(value)))
    .map(([name]) => name);
}

async function knownWords(
  session: ProjectionSession,
  words: readonly (readonly [RecordedEvent, string])[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const [organization, some] of Map.groupBy(words, ([{ organizationId }]) => organizationId)) {
    const tuples = some.map(([{ position }, word]) => sql`(${word}, ${position})`);
    const query = eventTablesOf(session)
      .selectFrom('event_terms as t')
      .select(['t.term', 't.position'])
      .where('t.organization', '=', organization)
      .where(sql<boolean>`(t.term, t.position) in (${sql.join(tuples)})`);
    for (const row of await session.all(query.compile())) {
      known.add(`${integer(row, 'position')} ${text(row, 'term')}`);
    }
  }
  return known;
}

async function eventsOf(session: ProjectionSession, organization: string | null): Promise<ReadonlyMap<string, number>> {
  const query = eventTablesOf(session)
    .selectFrom('events as e')
    .select(['e.organization', ({ fn }) => fn.countAll().as('count')])
    .$if(organization !== null, (some) => some.where('e.organization', '=', organization ?? ''))
    .groupBy('e.organization');
  return byOrganization(await session.all(query.compile()));
}

function byOrganization(rows: readonly Row[]): ReadonlyMap<string, number> {
  return new Map(rows.map((row) => [text(row, 'organization'), integer(row, 'count')]));
}
