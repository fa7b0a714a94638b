// API keys in a SQLite file. Nothing is cached: what another process changes is seen at once.

import {
  accessScopes,
  PortFailure,
  type AccessScope,
  type ApiKeyRecord,
  type ApiKeyStore,
} from '@paystrata/application';
import { parseOrganizationId } from '@paystrata/domain';
import { integer, integerOrNull, text, type Row } from '../rows.ts';
import type { GroupedWrites } from './grouped-writes.ts';
import type { SqliteFile } from './sqlite-file.ts';

const columns = 'id, hash, organization, scopes, created_at, revoked_at';

export function createApiKeys(file: SqliteFile, writes: GroupedWrites): ApiKeyStore {
  const find = file.prepare(`select ${columns} from api_keys where id = ?`);
  const list = file.prepare(`select ${columns} from api_keys order by created_at, id`);
  const insert = file.prepare(`insert into api_keys (${columns}) values (?, ?, ?, ?, ?, ?)`);
  const revoke = file.prepare('update api_keys set revoked_at = coalesce(revoked_at, ?) where id = ?');
  return {
    insert: ({ id, hash, organizationId, scopes, createdAt, revokedAt }) =>
      writes.run(() => {
        if (find.get(id) !== undefined) throw new Error(`there is an API key ${id} already`);
        insert.run(id, hash, organizationId, scopes.join(','), createdAt, revokedAt);
      }),
    find: async (id) => {
      const row = await file.retry(() => find.get(id));
      return row === undefined ? null : recordOf(row);
    },
    list: async () => (await file.retry(() => list.all())).map(recordOf),
    revoke: (id, at) => writes.run(() => revoke.run(at, id).changes > 0),
  };
}

function recordOf(row: Row): ApiKeyRecord {
  const organization = text(row, 'organization');
  const organizationId = organization === '*' ? '*' : parseOrganizationId(organization);
  const scopes = text(row, 'scopes').split(',').filter(isScope);
  const id = text(row, 'id');
  if (organizationId === undefined) {
    throw new PortFailure('STORE_DAMAGED', `the API key ${id} belongs to no organization that can be`);
  }
  return {
    id,
    hash: text(row, 'hash'),
    organizationId,
    scopes,
    createdAt: integer(row, 'created_at'),
    revokedAt: integerOrNull(row, 'revoked_at'),
  };
}

/** A scope of a newer release is none here: it grants nothing that this release knows. */
function isScope(scope: string): scope is AccessScope {
  return accessScopes.some((known) => known === scope);
}
