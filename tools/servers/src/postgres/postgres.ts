// A real PostgreSQL 18 for tests.

import { join } from 'node:path';
import { type DataFolder, type DataFolderOptions, makeDataFolder } from '../process/data-folder.ts';
import { onFreePort } from '../process/on-free-port.ts';
import { type ServerControl, controlGiven, givenBy, startOwn } from '../server-control.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { type DatabaseOptions, answersQuery, createDatabase, dropDatabase } from './databases.ts';
import { type PostgresPrograms, postgresPrograms } from './postgres-programs.ts';
import { type SystemUser, postgresUser, readableBy } from './postgres-user.ts';

/** A server of the user's own. */
export const postgresVariable = 'PAYSTRATA_TEST_POSTGRES_URL';

/** How the server is started. */
export interface PostgresOptions extends DataFolderOptions {
  /** Start one of our own even if `PAYSTRATA_TEST_POSTGRES_URL` gives one: for tests that kill it. Default false. */
  readonly own?: boolean | undefined;
  /** Other programs than those that npm brings: of `systemPostgres()`. Goes with `own`. */
  readonly programs?: PostgresPrograms | undefined;
  /** Settings as in `postgresql.conf`: `{ max_connections: 50 }`. Default: the server's own, and 200 connections. */
  readonly settings?: Readonly<Record<string, string | number>> | undefined;
}

/** A running PostgreSQL. */
export interface PostgresServer extends ServerControl {
  /** URL of the database `postgres` as the superuser, or what the environment gave. */
  readonly url: string;
  /** Makes a database of its own, answers its URL. It goes when the server is stopped. */
  createDatabase(options?: DatabaseOptions): Promise<string>;
}

/**
 * Gives the PostgreSQL of `PAYSTRATA_TEST_POSTGRES_URL`, else starts one on a free port of 127.0.0.1 in about a second.
 * It syncs to disk as in production. Resolves when it answers a query.
 * @throws ServerProgramMissing, ServerStartFailed
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const given = givenBy(postgresVariable, options.own);
  if (given !== undefined) return useGiven(given);
  const user = postgresUser();
  const programs = readableBy(user, options.programs ?? postgresPrograms());
  const folder = makeDataFolder('postgres', options);
  try {
    const cluster = await openCluster(folder.path, programs, user);
    return await onFreePort((port) => startOn(port, { folder, programs, user, cluster }, options));
  } catch (error) {
    folder.remove();
    throw error;
  }
}

interface Prepared {
  readonly folder: DataFolder;
  readonly programs: PostgresPrograms;
  readonly user: SystemUser | undefined;
  readonly cluster: Cluster;
}

async function startOn(port: number, prepared: Prepared, options: PostgresOptions): Promise<PostgresServer> {
  const { folder, programs, user, cluster } = prepared;
  const url = `postgres://postgres:${cluster.password}@127.0.0.1:${port}/postgres`;
  const settings = {
    max_connections: 200,
    ...options.settings,
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
  };
  const control = await startOwn(
    {
      name: 'PostgreSQL',
      command: programs.postgres,
      args: ['-D', cluster.data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
      folder: folder.path,
      logFile: join(folder.path, 'server.log'),
      user,
      stopSignal: 'SIGINT',
      discardSignal: 'SIGQUIT',
      answers: () => answersQuery(url),
      readyWithinMs: 30_000,
    },
    folder,
  );
  return Object.assign(control, {
    url,
    createDatabase: (database?: DatabaseOptions) => createDatabase(url, database),
  });
}

async function useGiven(url: string): Promise<PostgresServer> {
  await answersQuery(url);
  const made = new Set<string>();
  const release = async (): Promise<void> => {
    for (const database of made) await dropDatabase(url, database);
    made.clear();
  };
  return Object.assign(controlGiven('PostgreSQL', postgresVariable, release), {
    url,
    createDatabase: async (database?: DatabaseOptions) => {
      const created = await createDatabase(url, database);
      made.add(created);
      return created;
    },
  });
}
