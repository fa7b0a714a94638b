// Brings the schema of a database up to date, in one transaction, however many processes start at once.

import { PortFailure } from '@paystrata/application';
import { integer, type Row } from '../rows.ts';

/** Statements that make the next version of a schema; never changed once released. */
export type PostgresMigration = string;

/** What is migrated apart, and the schema that it is in: its tables, and the versions of them. */
const schemas = { journal: 'paystrata', access: 'paystrata_access', keys: 'paystrata_keys' } as const;

export type Component = keyof typeof schemas;

/** One connection, as far as it is needed here. */
export interface Connection {
  query(text: string): Promise<{ readonly rows: readonly Row[] }>;
}

/** Any number that nobody else in the database uses for a lock: the letters "payst" as a number. */
const LOCK = 0x7061797374;

/**
 * The version is the number of migrations that were run.
 *
 * @param component whose tables they are: each has versions of its own
 * @throws PortFailure `SCHEMA_TOO_NEW`
 */
export async function migratePostgres(
  connection: Connection,
  component: Component,
  migrations: readonly PostgresMigration[],
): Promise<void> {
  const newest = migrations.length;
  const schema = schemas[component];
  if ((await versionOf(connection, component, newest)) === newest) return;
  await connection.query('begin');
  try {
    await connection.query(`select pg_advisory_xact_lock(${LOCK})`);
    // Another process may have been faster: what it did is visible only under the lock.
    const version = await versionOf(connection, component, newest);
    await connection.query(`create schema if not exists ${schema};
      create table if not exists ${schema}.migrations (
        component text not null,
        version integer not null,
        applied_at timestamptz not null default now(),
        primary key (component, version)
      )`);
    for (const [index, migration] of migrations.entries()) {
      if (index < version) continue;
      await connection.query(migration);
      await connection.query(
        `insert into ${schema}.migrations (component, version) values ('${component}', ${index + 1})`,
      );
    }
    await connection.query('commit');
  } catch (error) {
    await connection.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** The one row of an answer. */
export function rowOf({ rows: [row] }: { readonly rows: readonly Row[] }): Row {
  if (row !== undefined) return row;
  throw new PortFailure('STORE_DAMAGED', 'a table of the schema paystrata lacks its only row');
}

async function versionOf(connection: Connection, component: Component, newest: number): Promise<number> {
  // Read from the catalog itself: functions such as to_regclass may answer from a cache older than the lock.
  const { rows: found } = await connection.query(`select from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = '${schemas[component]}' and c.relname = 'migrations'`);
  if (found.length === 0) return 0;
  const { rows } = await connection.query(
    `select coalesce(max(version), 0) as version from ${schemas[component]}.migrations where component = '${component}'`,
  );
  const version = integer(rowOf({ rows }), 'version');
  if (version <= newest) return version;
  throw new PortFailure(
    'SCHEMA_TOO_NEW',
    `the ${component} in the database has schema version ${version}, this release knows ${newest}: run the release that wrote it, or a newer one`,
    { details: { found: version, known: newest } },
  );
}
