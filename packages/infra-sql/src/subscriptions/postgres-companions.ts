// Subscriptions and snapshots in the PostgreSQL database of the log. Its clock is the database's.

import type { Lease, SnapshotStore, StreamName, SubscriptionStore } from '@paystrata/application';
import { literal } from '../postgres/commit-statement.ts';
import { postgresMigrations } from '../postgres/journal-schema.ts';
import { migratePostgres } from '../postgres/migrate-postgres.ts';
import { PostgresDatabase, type PostgresDatabaseOptions } from '../postgres/postgres-database.ts';
import { integer, type Row } from '../rows.ts';
import { deadLetterOf, snapshotOf, storable, type DeadLetters, type SqlCompanions } from './companions.ts';

/** @throws PortFailure `SCHEMA_TOO_NEW` or `STORE_UNAVAILABLE`, as all methods do. */
export async function openPostgresCompanions(options: PostgresDatabaseOptions): Promise<SqlCompanions> {
  const database = await PostgresDatabase.open(options, (client) =>
    migratePostgres(client, 'journal', postgresMigrations),
  );
  return {
    subscriptions: subscriptionsIn(database),
    snapshots: snapshotsIn(database),
    stop: () => database.close(),
  };
}

const isFree = '(s.owner is null or s.expires_at <= clock_timestamp())';
const letters = 'paystrata.dead_letters';

/**
 * One statement each, without parameters: so it is one message, and the lock of a row does not wait for a client that
 * was stopped in between. All may be sent again after a lost answer.
 */
function subscriptionsIn(database: PostgresDatabase): SubscriptionStore {
  const query = (text: string) => database.read({ text });
  const held = ({ subscription, owner, fencingToken }: Lease) =>
    `s.name = ${literal(subscription)} and s.owner = ${literal(owner)} and s.token = ${fencingToken}`;
  const until = (ttlMs: number) => `clock_timestamp() + ${ttlMs} * interval '1 millisecond'`;
  return {
    acquire: async (subscription, owner, ttlMs) => {
      const [row] = await query(`insert into paystrata.subscriptions as s (name, owner, token, expires_at, checkpoint)
        values (${literal(subscription)}, ${literal(owner)}, 1, ${until(ttlMs)}, 0)
        on conflict (name) do update set owner = excluded.owner, expires_at = excluded.expires_at,
          token = s.token + (s.owner is distinct from excluded.owner)::integer
        where s.owner = excluded.owner or ${isFree}
        returning s.token, s.checkpoint`);
      if (row === undefined) return null;
      return { subscription, owner, fencingToken: integer(row, 'token'), checkpoint: integer(row, 'checkpoint') };
    },
    renew: async (lease, ttlMs) => {
      const set = `update paystrata.subscriptions s set expires_at = ${until(ttlMs)}`;
      return (await query(`${set} where ${held(lease)} returning s.name`)).length === 1;
    },
    advance: async (lease, checkpoint, deadLetters = []) => {
      const given = literal(JSON.stringify(deadLetters.map(storable)));
      const rows = await query(`with moved as (
          update paystrata.subscriptions s set checkpoint = ${checkpoint} where ${held(lease)} returning s.name
        ), written as (
          insert into ${letters} (subscription, position, stream, error, attempts, at)
          select moved.name, l.position, l.stream, l.error, l.attempts, extract(epoch from clock_timestamp()) * 1000
          from moved, json_to_recordset(${given}) as l (position bigint, stream text, error text, attempts integer)
          on conflict (subscription, position) do update
            set error = excluded.error, attempts = excluded.attempts, at = excluded.at
        )
        select name from moved`);
      return rows.length === 1;
    },
    release: async (lease) => {
      await query(`update paystrata.subscriptions s set owner = null where ${held(lease)}`);
    },
    checkpoint: async (subscription) => {
      const [row] = await query(`select checkpoint from paystrata.subscriptions where name = ${literal(subscription)}`);
      return row === undefined ? 0 : integer(row, 'checkpoint');
    },
    reset: async (subscription, checkpoint) => {
      const rows = await query(`insert into paystrata.subscriptions as s (name, owner, token, expires_at, checkpoint)
        values (${literal(subscription)}, null, 1, '-infinity', ${checkpoint})
        on conflict (name) do update set owner = null, token = s.token + 1, checkpoint = excluded.checkpoint
        where ${isFree}
        returning s.name`);
      return rows.length === 1;
    },
    ...deadLettersIn(query),
  };
}

function deadLettersIn(query: (text: string) => Promise<readonly Row[]>): DeadLetters {
  return {
    deadLetters: async (subscription, after, limit) => {
      const whose = `subscription = ${literal(subscription)} and position > ${after}`;
      const rows = await query(`select * from ${letters} where ${whose} order by position limit ${limit}`);
      return rows.map(deadLetterOf);
    },
    firstDeadLetter: async (subscription, stream) => {
      const whose = `subscription = ${literal(subscription)} and stream = ${literal(stream)}`;
      const [row] = await query(`select position from ${letters} where ${whose} order by position limit 1`);
      return row === undefined ? null : integer(row, 'position');
    },
    removeDeadLetter: async (subscription, position) => {
      await query(`delete from ${letters} where subscription = ${literal(subscription)} and position = ${position}`);
    },
  };
}

function snapshotsIn(database: PostgresDatabase): SnapshotStore {
  const named = ({ organizationId, category, id }: StreamName) => [organizationId, category, id];
  return {
    load: async (stream) => {
      const [row] = await database.read({
        name: 'paystrata_load_snapshot',
        text: `select version, schema_version, state from paystrata.snapshots
          where organization = $1 and category = $2 and name = $3`,
        values: named(stream),
      });
      return row === undefined ? null : snapshotOf(row);
    },
    save: async (stream, { version, schemaVersion, state }) => {
      await database.read({
        name: 'paystrata_save_snapshot',
        text: `insert into paystrata.snapshots as s (organization, category, name, version, schema_version, state)
          values ($1, $2, $3, $4, $5, $6)
          on conflict (organization, category, name) do update
            set version = excluded.version, schema_version = excluded.schema_version, state = excluded.state
            where (excluded.schema_version, excluded.version) > (s.schema_version, s.version)`,
        values: [...named(stream), version, schemaVersion, JSON.stringify(state)],
      });
    },
  };
}
