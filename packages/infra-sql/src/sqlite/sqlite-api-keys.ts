// API keys in a SQLite file. Nothing is cached: what another process changes is seen at once.

import type { ApiKeyRecord, ApiKeyStore } from '@paystrata/application';
import { apiKeyOf, scopesText } from '../access/access-rows.ts';
import { integer } from '../rows.ts';
import type { GroupedWrites } from './grouped-writes.ts';
import type { SqliteFile } from './sqlite-file.ts';

const columns = 'id, hash, organization, scopes, created_at, revoked_at';

export function createApiKeys(file: SqliteFile, writes: GroupedWrites): ApiKeyStore {
  const find = file.prepare(`select ${columns} from api_keys where id = ?`);
  const list = file.prepare(`select ${columns} from api_keys order by created_at, id`);
  const insert = file.prepare(`insert into api_keys (${columns}) values (?, ?, ?, ?, ?, ?)`);
  const count = file.prepare('select count(*) as count from api_keys');
  const revoke = file.prepare('update api_keys set revoked_at = coalesce(revoked_at, ?) where id = ?');
  const put = ({ id, hash, organizationId, scopes, createdAt, revokedAt }: ApiKeyRecord) => {
    insert.run(id, hash, organizationId, scopesText(scopes), createdAt, revokedAt);
  };
  return {
    insert: (record) =>
      writes.run(() => {
        if (find.get(record.id) !== undefined) throw new Error(`there is an API key ${record.id} already`);
        put(record);
      }),
    insertFirst: (record) =>
      writes.run(() => {
        if (integer(count.get() ?? {}, 'count') > 0) return false;
        put(record);
        return true;
      }),
    find: async (id) => {
      const row = await file.retry(() => find.get(id));
      return row === undefined ? null : apiKeyOf(row);
    },
    list: async () => (await file.retry(() => list.all())).map(apiKeyOf),
    revoke: (id, at) => writes.run(() => revoke.run(at, id).changes > 0),
  };
}
