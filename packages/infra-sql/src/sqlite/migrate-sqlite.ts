// Brings the schema of a SQLite file up to date, in one transaction, however many processes start at once.

import type { DatabaseSync } from 'node:sqlite';
import { PortFailure } from '@paystrata/application';

/** Statements that make the next version of a schema; never changed once released. */
export type SqliteMigration = string;

/**
 * The version is the number of migrations that were run; SQLite keeps it in the file's header.
 *
 * @throws PortFailure `SCHEMA_TOO_NEW` where a newer release has been here.
 */
export function migrateSqlite(database: DatabaseSync, migrations: readonly SqliteMigration[], path: string): void {
  if (versionOf(database, path, migrations.length) === migrations.length) return;
  database.exec('begin immediate');
  try {
    // Another process may have been faster: what it did is visible only under the lock.
    const version = versionOf(database, path, migrations.length);
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`pragma user_version = ${migrations.length}`);
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

function versionOf(database: DatabaseSync, path: string, newest: number): number {
  const version = Number(database.prepare('pragma user_version').get()?.['user_version']);
  if (version <= newest) return version;
  throw new PortFailure(
    'SCHEMA_TOO_NEW',
    `${path} has schema version ${version}, this release knows ${newest}: run the release that wrote it, or a newer one`,
    { details: { found: version, known: newest } },
  );
}
