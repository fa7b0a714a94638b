// API keys in PostgreSQL.

import type { ApiKeyRecord, ApiKeyStore } from '@paystrata/application';
import { apiKeyOf, scopesText } from '../access/access-rows.ts';
import type { PostgresDatabase } from '../postgres/postgres-database.ts';
import { boolean, text } from '../rows.ts';
import { synced } from './access-schema.ts';
import { groupQueries } from './grouped-queries.ts';

const columns = 'id, hash, organization, scopes, created_at, revoked_at';
const table = 'paystrata_access.api_keys';

export function createApiKeys(database: PostgresDatabase): ApiKeyStore {
  const finding = groupQueries<string, ApiKeyRecord | null>(database, {
    queryOf: (ids) => ({
      name: 'paystrata_find_api_keys',
      text: `select ${columns} from ${table} where id = any ($1::text[])`,
      values: [[...new Set(ids)]],
    }),
    answersOf: (ids, rows) => {
      const records = new Map(rows.map((row) => [text(row, 'id'), apiKeyOf(row)]));
      return ids.map((id) => records.get(id) ?? null);
    },
  });
  const insert = (record: ApiKeyRecord, first: boolean) => {
    const { id, hash, organizationId, scopes, createdAt, revokedAt } = record;
    const condition = first ? `${synced} and not exists (select from ${table})` : synced;
    return database.read({
      text: `insert into ${table} (${columns}, is_first) 
        select $1::text, $2::text, $3::text, $4::text, $5::bigint, $6::bigint, $7::boolean where ${condition}
        on conflict do nothing`,
      values: [id, hash, organizationId, scopesText(scopes), createdAt, revokedAt, first],
    });
  };
  /** The statement may have been sent twice: who is in the table decides, not who was told of it. */
  const isIn = async ({ id, hash }: ApiKeyRecord) => (await finding.submit(id))?.hash === hash;
  return {
    insert: async (record) => {
      await insert(record, false);
      if (!(await isIn(record))) throw new Error(`there is an API key ${record.id} already`);
    },
    insertFirst: async (record) => {
      await insert(record, true);
      return isIn(record);
    },
    find: (id) => finding.submit(id),
    list: async () => {
      const rows = await database.read({ text: `select ${columns} from ${table} order by created_at, id` });
      return rows.map(apiKeyOf);
    },
    revoke: async (id, at) => {
      const rows = await database.read({
        text: `update ${table} set revoked_at = coalesce(revoked_at, $1) where id = $2 and ${synced}
          returning true as known`,
        values: [at, id],
      });
      return rows.some((row) => boolean(row, 'known'));
    },
  };
}
