// The system's own PostgreSQL, which has what the npm package has not: `pg_dump`, `pg_restore` and the other clients.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { aptProgram } from '../install/apt-program.ts';
import { ServerProgramMissing } from '../server-failure.ts';
import type { PostgresPrograms } from './postgres-programs.ts';

/** Where Debian and its kin put each major version. */
const versions = '/usr/lib/postgresql';

/**
 * The newest that is installed; where there is none, apt installs it. Its clients are in the folder `bin` of `root`.
 * @throws ServerProgramMissing
 */
export async function systemPostgres(): Promise<PostgresPrograms> {
  const instead = `install PostgreSQL with its clients below ${versions}`;
  await aptProgram({ name: 'PostgreSQL with pg_dump', program: 'pg_dump', aptPackage: 'postgresql', instead });
  const root = (existsSync(versions) ? readdirSync(versions) : [])
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(versions, version))
    .find((folder) => existsSync(join(folder, 'bin', 'postgres')) && existsSync(join(folder, 'bin', 'pg_dump')));
  if (root === undefined)
    throw new ServerProgramMissing(`PostgreSQL: no server with clients in ${versions}; ${instead}`);
  return { root, initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres'), sorts: 'byte' };
}
