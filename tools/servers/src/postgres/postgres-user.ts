// PostgreSQL refuses to run as root. When we are root, it runs as the system user `postgres`, made if absent.

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ServerProgramMissing } from '../server-failure.ts';
import { embeddedVersion, type PostgresPrograms } from './postgres-programs.ts';

/** Ids of a system user. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user to run PostgreSQL as: `undefined` (ourselves) unless we are root.
 * @throws ServerProgramMissing when we are root and the user can be neither found nor made.
 */
export function postgresUser(name = 'postgres'): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return findUser(name) ?? makeUser(name);
}

/**
 * The programs at a place that `user` can read: where they are, else a copy in the system's temporary folder, which
 * stays there for the next run (a checkout below root's private home is closed to other users).
 */
export function readableBy(user: SystemUser | undefined, programs: PostgresPrograms): PostgresPrograms {
  if (user === undefined || isOpenToAll(programs.root)) return programs;
  const root = join(tmpdir(), `paystrata-programs-${embeddedVersion}`);
  if (!existsSync(root)) {
    const copy = mkdtempSync(`${root}-`);
    cpSync(programs.root, copy, { recursive: true, verbatimSymlinks: true });
    chmodSync(copy, 0o755);
    try {
      renameSync(copy, root);
    } catch {
      // Another process was faster; its copy is the same.
      rmSync(copy, { recursive: true, force: true });
    }
  }
  if (statSync(root).uid !== 0) throw new ServerProgramMissing(`PostgreSQL: ${root} is not root's, so it is not run`);
  const at = (program: string): string => join(root, 'bin', basename(program));
  return { ...programs, root, initdb: at(programs.initdb), postgres: at(programs.postgres) };
}

function findUser(name: string): SystemUser | undefined {
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function makeUser(name: string): SystemUser {
  let cause: unknown;
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', name], { stdio: 'ignore' });
  } catch (error) {
    cause = error;
  }
  // Another process may have made it at the same moment.
  const made = findUser(name);
  if (made !== undefined) return made;
  throw new ServerProgramMissing(
    `PostgreSQL does not run as root, and the system user ${name} could not be made: make it, run as another user, ` +
      'or give a server in PAYSTRATA_TEST_POSTGRES_URL',
    { cause },
  );
}

function isOpenToAll(folder: string): boolean {
  const othersMayEnter = (statSync(folder).mode & 0o005) === 0o005;
  return othersMayEnter && (dirname(folder) === folder || isOpenToAll(dirname(folder)));
}
