// One installation at a time on this machine, also between processes. The lock is SQLite's lock of a file: the system
// frees it when its owner ends, in whatever way, so none is ever left behind.

import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

const busy = 5;
const longestWaitMs = 15 * 60_000;

/**
 * Runs `work` while no other process runs work under the same lock file (which is made when absent and stays).
 * @throws Error when the lock was not free for 15 minutes; what `work` throws.
 */
export async function whileLocked<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = new DatabaseSync(file);
  try {
    const end = performance.now() + longestWaitMs;
    while (!take(lock)) {
      if (performance.now() > end) throw new Error(`another process has held ${file} for ${longestWaitMs} ms`);
      await delay(100);
    }
    return await work();
  } finally {
    lock.close();
  }
}

function take(lock: DatabaseSync): boolean {
  try {
    lock.exec('begin exclusive');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return false;
    throw error;
  }
}
