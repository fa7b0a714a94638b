// Where `redis-server` is: on the PATH, else installed from the system's packages.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../install/cache-folder.ts';
import { whileLocked } from '../install/install-lock.ts';
import { runCommand } from '../install/run-command.ts';
import { ServerProgramMissing } from '../server-failure.ts';

/**
 * Answers the full path of `redis-server`; where there is apt and we are root, it is installed when absent.
 * @throws ServerProgramMissing saying what to do instead.
 */
export async function redisProgram(): Promise<string> {
  const found = onPath('redis-server') ?? (await whileLocked(join(cacheFolder(), 'install.lock'), install));
  if (found !== undefined) return found;
  throw new ServerProgramMissing(
    'Redis: there is no redis-server on the PATH, and it could not be installed as that takes apt-get and root; ' +
      'install Redis, or give a server in PAYSTRATA_TEST_REDIS_URL',
  );
}

function onPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

async function install(): Promise<string | undefined> {
  const installed = onPath('redis-server');
  if (installed !== undefined || onPath('apt-get') === undefined || process.getuid?.() !== 0) return installed;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  try {
    await runCommand('apt-get', ['update', '-q', ...wait], { env });
    await runCommand('apt-get', ['install', '-qy', '--no-install-recommends', ...wait, 'redis-server'], { env });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServerProgramMissing(
      `Redis: redis-server could not be installed; install it, or give a server in PAYSTRATA_TEST_REDIS_URL.\n${reason}`,
      { cause },
    );
  }
  return onPath('redis-server');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
