// Completions, from the texts that payments have and how many have each.

import {
  byCountThenText,
  foldText,
  suggestionFields,
  type Suggestion,
  type SuggestionField,
  type SuggestPayments,
} from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { sql, type SqlBool } from 'kysely';
import { integer, text } from '../../rows.ts';
import type { ProjectionSession } from '../projecting/projection.ts';
import { tablesOf } from './payment-tables.ts';
import { startOf } from './payment-rows.ts';
import { prefixRange } from './prefix-range.ts';

/** @returns the same as `suggestFrom` over all documents. Looks at all different texts that begin so. */
export async function suggestPayments(
  session: ProjectionSession,
  organization: OrganizationId,
  query: SuggestPayments,
): Promise<readonly Suggestion[]> {
  const prefix = foldText(query.prefix.trimStart());
  if (prefix === '') return [];
  const found: Suggestion[] = [];
  for (const field of query.field === null ? suggestionFields : [query.field]) {
    found.push(...(await suggestionsOf(session, organization, field, prefix, query.limit)));
  }
  return found.sort(byCountThenText).slice(0, query.limit);
}

async function suggestionsOf(
  session: ProjectionSession,
  organization: OrganizationId,
  field: SuggestionField,
  prefix: string,
  limit: number,
): Promise<readonly Suggestion[]> {
  const start = startOf(prefix);
  let query = tablesOf(session)
    .selectFrom('suggestions as s')
    .select(['s.text', 's.count'])
    .where('s.organization', '=', organization)
    .where('s.field', '=', field)
    .where('s.count', '>', 0)
    .where(sql<SqlBool>`${prefixRange(sql.ref('s.start'), start)}`)
    .orderBy('s.count', 'desc')
    .orderBy('s.text')
    .limit(limit);
  if (start !== prefix) {
    const length = [...prefix].length;
    query = query.where(sql<SqlBool>`substr(s.folded, 1, cast(${length} as integer)) = ${prefix}`);
  }
  const rows = await session.all(query.compile());
  return rows.map((row) => ({ text: text(row, 'text'), field, count: integer(row, 'count') }));
}
