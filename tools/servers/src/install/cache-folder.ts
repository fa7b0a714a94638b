// What was downloaded is kept in a folder outside git and downloaded once, whoever asks.

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { guardFolder, releaseFolder } from '../process/orphan-guard.ts';
import { whileLocked } from './install-lock.ts';

/** The cache: `PAYSTRATA_CACHE_DIR`, else `node_modules/.cache/paystrata-servers` of the workspace. Made when absent. */
export function cacheFolder(): string {
  const chosen = process.env['PAYSTRATA_CACHE_DIR'];
  const folder =
    chosen === undefined || chosen === ''
      ? join(workspaceFolder(), 'node_modules', '.cache', 'paystrata-servers')
      : resolve(chosen);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Answers the folder `name` of the cache. When there is none, `install` fills a temporary folder that then gets the
 * name in one step: a folder that is there is whole, and no two processes install at once.
 * @throws what `install` throws; nothing is left behind then.
 */
export async function installedOnce(name: string, install: (folder: string) => Promise<void>): Promise<string> {
  const cache = cacheFolder();
  const target = join(cache, name);
  if (existsSync(target)) return target;
  return whileLocked(join(cache, 'install.lock'), async () => {
    if (existsSync(target)) return target;
    const draft = mkdtempSync(`${target}.draft-`);
    guardFolder(draft);
    try {
      await install(draft);
      renameSync(draft, target);
      return target;
    } finally {
      rmSync(draft, { recursive: true, force: true });
      releaseFolder(draft);
    }
  });
}

/** The root of this repository. */
export function workspaceFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package-lock.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return process.cwd();
    folder = parent;
  }
  return folder;
}
