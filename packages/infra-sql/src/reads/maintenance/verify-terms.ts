// Whether payments are found by all that their documents are found by.

import { sql } from 'kysely';
import { integer, text } from '../../rows.ts';
import { termsOf, type Term } from '../payments/payment-rows.ts';
import { tablesOf } from '../payments/payment-tables.ts';
import type { StoredPayment } from '../payments/stored-payments.ts';
import type { ProjectionSession } from '../projecting/projection.ts';

/** Asked for at a time: databases limit the parameters of a statement. */
const TERMS_A_QUERY = 300;

/** The rows of those that lack one. What is there beyond is not looked for. */
export async function rowsLackingTerms(
  session: ProjectionSession,
  payments: readonly StoredPayment[],
): Promise<ReadonlySet<number>> {
  const lacking = new Set<number>();
  for (const [organization, some] of Map.groupBy(payments, ({ document }) => document.payment.organizationId)) {
    const expected = some.flatMap(({ row, document }) => termsOf(document.payment).map((term) => ({ row, term })));
    for (let at = 0; at < expected.length; at += TERMS_A_QUERY) {
      const asked = expected.slice(at, at + TERMS_A_QUERY);
      const known = await knownTerms(session, organization, asked);
      for (const { row, term } of asked) if (!known.has(nameOf(row, term))) lacking.add(row);
    }
  }
  return lacking;
}

async function knownTerms(
  session: ProjectionSession,
  organization: string,
  asked: readonly { readonly row: number; readonly term: Term }[],
): Promise<ReadonlySet<string>> {
  const tuples = asked.map(({ row, term }) => sql`(${term.kind}, ${term.term}, ${row})`);
  const query = tablesOf(session)
    .selectFrom('terms as t')
    .select(['t.kind', 't.term', 't.row'])
    .where('t.organization', '=', organization)
    .where(sql<boolean>`(t.kind, t.term, t.row) in (${sql.join(tuples)})`);
  const rows = await session.all(query.compile());
  return new Set(rows.map((row) => `${integer(row, 'row')} ${text(row, 'kind')} ${text(row, 'term')}`));
}

function nameOf(row: number, { kind, term }: Term): string {
  return `${row} ${kind} ${term}`;
}
