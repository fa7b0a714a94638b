// Where a server keeps its data: a temporary folder of its own, or one that the caller gives and keeps.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { guardFolder, releaseFolder } from './orphan-guard.ts';

/** Choice of a server's data folder. */
export interface DataFolderOptions {
  /** Folder for the server's data, made if absent and kept for ever; a server can be started on it again. */
  readonly dataFolder?: string | undefined;
  /** Keep the temporary folder when the server is stopped or the process ends. Default false. */
  readonly keepData?: boolean | undefined;
}

/** A folder and what to do with it at the end. */
export interface DataFolder {
  readonly path: string;
  /** True when `remove` leaves it. */
  readonly kept: boolean;
  /** Removes a folder that is not kept. */
  remove(): void;
}

/** Makes the folder. A temporary one is removed at the latest when this process ends, in whatever way. */
export function makeDataFolder(server: string, options: DataFolderOptions): DataFolder {
  if (options.dataFolder !== undefined) {
    const path = resolve(options.dataFolder);
    mkdirSync(path, { recursive: true });
    return { path, kept: true, remove: () => undefined };
  }
  const path = mkdtempSync(join(tmpdir(), `paystrata-${server}-`));
  if (options.keepData === true) return { path, kept: true, remove: () => undefined };
  guardFolder(path);
  const remove = (): void => {
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
    releaseFolder(path);
  };
  return { path, kept: false, remove };
}
