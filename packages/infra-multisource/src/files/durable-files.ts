// Files that are whole or not there: temporary name, synced, renamed, folder synced.

import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PortFailure } from '@paystrata/application';

/** Files that are written at a time. */
const AT_ONCE = 16;

/** The names in a folder; none where it is not there. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Writes a file under a name that nobody sees before it is synced; the folder of it is left to `syncFolders`. */
export async function writeWhole(drafts: string, path: string, contents: string): Promise<void> {
  const draft = join(drafts, randomBytes(9).toString('hex'));
  const file = await open(draft, 'wx');
  try {
    await file.writeFile(contents);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Makes the folder and those above it, so that they are there after a crash. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  const made = [dirname(first)];
  for (let each = folder; each.length >= first.length; each = dirname(each)) made.push(each);
  await syncFolders(made);
}

/** What was renamed or removed in these folders stays so. */
export async function syncFolders(folders: Iterable<string>): Promise<void> {
  await forEachOf([...new Set(folders)], async (folder) => {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** Some at a time; the first failure is thrown once those under way are over. */
async function forEachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values();
  const lanes = Array.from({ length: Math.min(AT_ONCE, items.length) }, async () => {
    for (const item of rest) await work(item);
  });
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Runs what works on files, and says in our words what the system said. @throws PortFailure */
export async function onFiles<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PortFailure) throw error;
    const code = codeOf(error);
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new PortFailure('STORE_FULL', `there is no room left for ${folder}`, { cause: error, retryable: true });
    }
    if (['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST'].includes(code)) {
      const message = `PAYSTRATA_FILES_DIR is ${folder}, which must be a folder that this process may write (${code})`;
      throw new PortFailure('CONFIG_INVALID', message, { cause: error, retryable: true });
    }
    const problem = error instanceof Error ? error.message : String(error);
    throw new PortFailure('STORE_UNAVAILABLE', `the files in ${folder} cannot be used: ${problem}`, { cause: error });
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
