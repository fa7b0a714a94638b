// The folder of a PostgreSQL server: made by `initdb` at first use, opened as it is later.

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ServerStartFailed } from '../server-failure.ts';
import type { PostgresPrograms } from './postgres-programs.ts';
import type { SystemUser } from './postgres-user.ts';

/** An initialized data directory and the superuser's password. */
export interface Cluster {
  readonly data: string;
  readonly password: string;
}

const run = promisify(execFile);

/**
 * Opens the cluster inside `folder`, making it if there is none: UTF-8, sorted by code point, messages in English,
 * whatever the machine's language.
 * @throws ServerStartFailed with what `initdb` said.
 */
export async function openCluster(
  folder: string,
  programs: PostgresPrograms,
  user: SystemUser | undefined,
): Promise<Cluster> {
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  if (existsSync(join(data, 'PG_VERSION'))) return { data, password: readFileSync(passwordFile, 'utf8') };
  const password = randomBytes(16).toString('hex');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    await run(programs.initdb, initArguments(data, passwordFile, programs), { cwd: folder, ...user });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
    throw new ServerStartFailed(`PostgreSQL: initdb failed in ${data}\n${said}`, { cause });
  }
  return { data, password };
}

// Not synced: a killed process loses nothing by that, and nobody needs a cluster that a power cut left half made.
function initArguments(data: string, passwordFile: string, { sorts }: PostgresPrograms): string[] {
  return [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    ...(sorts === 'code-point' ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []),
    '--no-sync',
  ];
}
