// Databases inside a server: one for each test file, made in some milliseconds.

import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** How a database is made. */
export interface DatabaseOptions {
  /** Begins the database's name; letters, digits and `_`. Default `test`. */
  readonly prefix?: string;
  /** Name of a database to copy, one that nobody is connected to. Default: an empty one. */
  readonly template?: string;
}

/**
 * Makes a database with a name of its own in the server of `adminUrl` and answers its URL.
 * @throws what the `pg` driver throws.
 */
export async function createDatabase(adminUrl: string, options: DatabaseOptions = {}): Promise<string> {
  const name = `${options.prefix ?? 'test'}_${randomBytes(8).toString('hex')}`;
  const template = options.template === undefined ? '' : ` template ${pg.escapeIdentifier(options.template)}`;
  await run(adminUrl, `create database ${pg.escapeIdentifier(name)}${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Drops the database of a URL, closing its connections. One that is not there is fine. */
export async function dropDatabase(adminUrl: string, databaseUrl: string): Promise<void> {
  const name = decodeURIComponent(new URL(databaseUrl).pathname.slice(1));
  await run(adminUrl, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
}

/** True when the server answers a query; throws what the driver throws while it does not. */
export async function answersQuery(url: string): Promise<boolean> {
  await run(url, 'select 1');
  return true;
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection that breaks also fails the query; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
  }
}
