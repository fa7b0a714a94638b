// A program of the system's packages: on the PATH, else installed where there is apt and we are root.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ServerProgramMissing } from '../server-failure.ts';
import { cacheFolder } from './cache-folder.ts';
import { whileLocked } from './install-lock.ts';
import { runCommand } from './run-command.ts';

export interface AptProgram {
  /** What it is, for people. */
  readonly name: string;
  readonly program: string;
  /** The package of the system that brings it. */
  readonly aptPackage: string;
  /** What to do where it cannot be installed. */
  readonly instead: string;
}

/**
 * Answers the full path of the program; where there is apt and we are root, it is installed when absent.
 * @throws ServerProgramMissing saying what to do instead.
 */
export async function aptProgram(wanted: AptProgram): Promise<string> {
  const { name, program, instead } = wanted;
  const found = onPath(program) ?? (await whileLocked(join(cacheFolder(), 'install.lock'), () => install(wanted)));
  if (found !== undefined) return found;
  throw new ServerProgramMissing(
    `${name}: there is no ${program} on the PATH, and it could not be installed as that takes apt-get and root; ${instead}`,
  );
}

function onPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

async function install({ name, program, aptPackage, instead }: AptProgram): Promise<string | undefined> {
  const installed = onPath(program);
  if (installed !== undefined || onPath('apt-get') === undefined || process.getuid?.() !== 0) return installed;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  try {
    await runCommand('apt-get', ['update', '-q', ...wait], { env });
    await runCommand('apt-get', ['install', '-qy', '--no-install-recommends', ...wait, aptPackage], { env });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServerProgramMissing(`${name}: ${program} could not be installed; ${instead}.\n${reason}`, { cause });
  }
  return onPath(program);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
