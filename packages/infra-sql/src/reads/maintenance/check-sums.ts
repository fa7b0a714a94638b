// Whether the sums are those of the rows, and how they are counted again.

import type { Difference } from '@paystrata/application';
import { parseOrganizationId } from '@paystrata/domain';
import { sql } from 'kysely';
import { integer, text, type Row } from '../../rows.ts';
import { amountFrom } from '../payments/exact-amounts.ts';
import { sums } from '../payments/payment-tables.ts';
import { tablesOf } from '../payments/payment-tables.ts';
import { amountSums } from '../payments/payment-sums.ts';
import { levelSizes } from '../payments/time-levels.ts';
import type { ProjectionSession } from '../projecting/projection.ts';

const instants = [
  ['created', 'p.created_at'],
  ['processed', 'p.processed_at'],
] as const;

/** Sums of a size of bucket that do not come to what the rows come to. */
export async function differingSums(
  session: ProjectionSession,
  organization: string | null,
): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const [instant, column] of instants) {
    const expected = await expectedSums(session, column, organization);
    for (let level = 0; level <= levelSizes.length; level += 1) {
      const found = await keptSums(session, instant, level, organization);
      for (const name of new Set([...expected.keys(), ...found.keys()])) {
        if (expected.get(name) === found.get(name)) continue;
        const [code = '', status, currency] = name.split(' ');
        const problem = `the sums by ${instant} (level ${level}) of ${status} ${currency} differ from the payments`;
        differences.push({ organizationId: parseOrganizationId(code) ?? null, paymentId: null, problem });
      }
    }
  }
  return differences;
}

async function expectedSums(
  session: ProjectionSession,
  column: 'p.created_at' | 'p.processed_at',
  organization: string | null,
): Promise<ReadonlyMap<string, string>> {
  const query = tablesOf(session)
    .selectFrom('payments as p')
    .select(['p.organization', 'p.status', 'p.currency', sql`count(*)`.as('count')])
    .select(amountSums('p'))
    .where(column, 'is not', null)
    .$if(organization !== null, (some) => some.where('p.organization', '=', organization ?? ''))
    .groupBy(['p.organization', 'p.status', 'p.currency']);
  return byName(await session.all(query.compile()));
}

async function keptSums(
  session: ProjectionSession,
  instant: string,
  level: number,
  organization: string | null,
): Promise<ReadonlyMap<string, string>> {
  const query = tablesOf(session)
    .selectFrom('sums as s')
    .select(['s.organization', 's.status', 's.currency', sql`cast(sum(s.count) as bigint)`.as('count')])
    .select(amountSums('s'))
    .where('s.instant', '=', instant)
    .where('s.level', '=', level)
    .$if(organization !== null, (some) => some.where('s.organization', '=', organization ?? ''))
    .groupBy(['s.organization', 's.status', 's.currency']);
  return byName(await session.all(query.compile()));
}

function byName(rows: readonly Row[]): ReadonlyMap<string, string> {
  const amounts = ['amount', 'captured', 'refunded'];
  return new Map(
    rows.map((row) => [
      ['organization', 'status', 'currency'].map((name) => text(row, name)).join(' '),
      [integer(row, 'count'), ...amounts.map((name) => amountFrom(row, name))].join(' '),
    ]),
  );
}

/** Counts the sums of an organization again, from the rows. */
export async function recountSums(session: ProjectionSession, organization: string): Promise<void> {
  await session.all(tablesOf(session).deleteFrom('sums').where('organization', '=', organization).compile());
  for (const [instant, column] of instants) {
    for (let level = 0; level <= levelSizes.length; level += 1) {
      const at = sql.ref(column);
      const size = sql.lit(levelSizes[level] ?? 0);
      // Rounds down, also before 1970.
      const bucket =
        level < levelSizes.length
          ? sql`((${at} - ((${at} % ${size}) + ${size}) % ${size}) / ${size})`
          : sql`(0 * ${at})`;
      const columns = Object.keys(sums.columns);
      const totals = columns.slice(columns.indexOf('amount_high'));
      await session.all(
        sql`insert into ${sql.table('sums')} (${sql.join(columns.map((name) => sql.ref(name)))})
          select p.organization, ${sql.lit(instant)}, ${sql.lit(level)}, ${bucket}, p.status, p.currency, count(*),
            ${sql.join(totals.map((name) => sql`cast(sum(${sql.ref(`p.${name}`)}) as bigint)`))}
          from ${sql.table('payments')} as p
          where p.organization = ${organization} and ${at} is not null
          group by p.organization, ${bucket}, p.status, p.currency`.compile(tablesOf(session)),
      );
    }
  }
}
