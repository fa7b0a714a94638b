// The keys that seal personal data, in a PostgreSQL database that all machines share.

import { newSubjectKey, type Keyring, type SubjectKey } from '@paystrata/application';
import type { OrganizationId, SubjectId } from '@paystrata/domain';
import { subjectKeyOf } from '../access/access-rows.ts';
import { migratePostgres, rowOf } from '../postgres/migrate-postgres.ts';
import { PostgresDatabase } from '../postgres/postgres-database.ts';
import { text, type Row } from '../rows.ts';
import { keysMigrations, synced } from './access-schema.ts';
import { groupQueries } from './grouped-queries.ts';

export interface PostgresKeyringOptions {
  /** The tables go to its schema `paystrata_keys`. Keep the keys in another database than the data that they seal. */
  readonly url: string;
  /** Connections of this process at most; 4 where absent. */
  readonly poolSize?: number;
  /** How long to wait for a connection, and for the answer to a statement; 15 s where absent. */
  readonly timeoutMs?: number;
}

export interface PostgresKeyring extends Keyring {
  /** Finishes what is in flight and closes the connections. */
  stop(): Promise<void>;
}

interface Owner {
  readonly organizationId: OrganizationId;
  readonly subject: SubjectId;
}

const table = 'paystrata_keys.keys';
const columns = 'organization, subject, id, secret';
const givenOwners = 'unnest($1::text[], $2::text[]) as given (organization, subject)';

const findText = `select ${columns} from ${table} where (organization, subject) in (select * from ${givenOwners})`;

/** In the order of the subjects, so that batches of two processes never wait for each other in a circle. */
const makeText = `with made as (
    insert into ${table} (${columns})
      select ${columns} from unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) as given (${columns})
      where ${synced} order by organization, subject
      on conflict do nothing returning ${columns}
  )
  select ${columns} from made union all ${findText}`;

/**
 * Opens the tables, or makes them. A key is on the server's disk before it is handed out. Keys are never kept in memory,
 * so that one that another process destroyed is gone here too. A destroyed key is out of reach of every statement at
 * once; its bytes leave the server's files when their place is used again, and its backups and archived logs when the
 * operator expires them.
 *
 * @throws PortFailure `SCHEMA_TOO_NEW`, `STORE_DAMAGED`, `STORE_FULL` or `STORE_UNAVAILABLE`, as all methods do.
 */
export async function createPostgresKeyring(options: PostgresKeyringOptions): Promise<PostgresKeyring> {
  const { url, poolSize = 4, timeoutMs = 15_000 } = options;
  const database = await PostgresDatabase.open({ url, poolSize, timeoutMs }, (client) =>
    migratePostgres(client, 'keys', keysMigrations),
  );
  const finding = groupQueries<Owner, SubjectKey | null>(database, {
    queryOf: (owners) => ({ name: 'paystrata_find_keys', text: findText, values: ownersOf(owners) }),
    answersOf: keysOf,
  });
  const making = groupQueries<Owner, SubjectKey | null>(database, {
    queryOf: (owners) => {
      const made = owners.map(newSubjectKey);
      const values = [...ownersOf(owners), made.map(({ id }) => id), made.map(({ secret }) => secret)];
      return { name: 'paystrata_make_keys', text: makeText, values };
    },
    answersOf: keysOf,
  });
  const { host, pathname } = new URL(url);
  return {
    place: `${host}${pathname}`,
    fingerprint: async () => {
      const rows = await database.read({ text: 'select fingerprint from paystrata_keys.keyring' });
      return text(rowOf({ rows }), 'fingerprint');
    },
    keyFor: async (organizationId, subject) => {
      for (;;) {
        // Null where another process made or destroyed the key after this statement began: the next one sees it.
        const key = await making.submit({ organizationId, subject });
        if (key !== null) return key;
      }
    },
    current: async (organizationId, subject) => (await finding.submit({ organizationId, subject }))?.id ?? null,
    find: async (organizationId, subject, keyId) => {
      const key = await finding.submit({ organizationId, subject });
      return key?.id === keyId ? key : null;
    },
    destroy: async (organizationId, subject, keyId) => {
      await database.read({
        text: `delete from ${table} where organization = $1 and subject = $2 and id = coalesce($3, id) and ${synced}`,
        values: [organizationId, subject, keyId ?? null],
      });
    },
    stop: () => database.close(),
  };
}

function ownersOf(owners: readonly Owner[]): string[][] {
  return [owners.map(({ organizationId }) => organizationId), owners.map(({ subject }) => subject)];
}

function keysOf(owners: readonly Owner[], rows: readonly Row[]): (SubjectKey | null)[] {
  const keys = new Map(rows.map((row) => [nameOf(text(row, 'organization'), text(row, 'subject')), subjectKeyOf(row)]));
  return owners.map(({ organizationId, subject }) => keys.get(nameOf(organizationId, subject)) ?? null);
}

function nameOf(organization: string, subject: string): string {
  return JSON.stringify([organization, subject]);
}
