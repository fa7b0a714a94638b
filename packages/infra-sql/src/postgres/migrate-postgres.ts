// Brings the schema of a database up to date, in one transaction, however many processes start at once.

import { PortFailure } from '@paystrata/application';
import { integer, type Row } from '../rows.ts';
import type { PostgresMigration } from './journal-schema.ts';

/** One connection, as far as it is needed here. */
export interface Connection {
  query(text: string): Promise<{ readonly rows: readonly Row[] }>;
}

/** Any number that nobody else in the database uses for a lock: the letters "payst" as a number. */
const LOCK = 0x7061797374;

/** The version is the number of migrations that were run. @throws PortFailure `SCHEMA_TOO_NEW` */
export async function migratePostgres(connection: Connection, migrations: readonly PostgresMigration[]): Promise<void> {
  if ((await versionOf(connection, migrations.length)) === migrations.length) return;
  await connection.query('begin');
  try {
    await connection.query(`select pg_advisory_xact_lock(${LOCK})`);
    // Another process may have been faster: what it did is visible only under the lock.
    const version = await versionOf(connection, migrations.length);
    await connection.query(`create schema if not exists paystrata;
      create table if not exists paystrata.migrations (
        version integer primary key,
        applied_at timestamptz not null default now()
      )`);
    for (const [index, migration] of migrations.entries()) {
      if (index < version) continue;
      await connection.query(migration);
      await connection.query(`insert into paystrata.migrations (version) values (${index + 1})`);
    }
    await connection.query('commit');
  } catch (error) {
    await connection.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function versionOf(connection: Connection, newest: number): Promise<number> {
  // Read from the catalog itself: functions such as to_regclass may answer from a cache older than the lock.
  const { rows: found } = await connection.query(`select from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'paystrata' and c.relname = 'migrations'`);
  if (found.length === 0) return 0;
  const { rows } = await connection.query('select coalesce(max(version), 0) as version from paystrata.migrations');
  const version = integer(rows[0] ?? {}, 'version');
  if (version <= newest) return version;
  throw new PortFailure(
    'SCHEMA_TOO_NEW',
    `the database has schema version ${version}, this release knows ${newest}: run the release that wrote it, or a newer one`,
    { details: { found: version, known: newest } },
  );
}
