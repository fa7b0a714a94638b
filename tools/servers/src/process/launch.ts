// How a server's process is launched. It knows no particular server; those describe themselves by a `ServerPlan`.

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { guardProcess, releaseProcess } from './orphan-guard.ts';

/** How a server is started and recognized. */
export interface ServerPlan {
  /** For messages: `PostgreSQL`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Working folder of the server. */
  readonly folder: string;
  /** Standard output and error are appended to this file. */
  readonly logFile: string;
  /** System user to run as; ours when absent. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** Asks for an orderly end, after which the data are whole. */
  readonly stopSignal: NodeJS.Signals;
  /** Asks for a quick end, when nobody will read the data again. */
  readonly discardSignal: NodeJS.Signals;
  /** Resolves when the server answers; throws or answers `false` while it does not. */
  readonly answers: () => Promise<boolean>;
  /** Longest time until it answers, in milliseconds. */
  readonly readyWithinMs: number;
}

/** Launches the process, guarded from now to its end. What it writes goes to the log file. */
export function launch(plan: ServerPlan): ChildProcess {
  const { command, args, folder, logFile, user } = plan;
  const log = openSync(logFile, 'a');
  try {
    // A session of its own: an interrupt typed at the terminal is for the test, which then stops its servers.
    const child = spawn(command, args, { cwd: folder, stdio: ['ignore', log, log], detached: true, ...user });
    const { pid } = child;
    if (pid !== undefined) {
      guardProcess(pid);
      child.once('exit', () => releaseProcess(pid));
    }
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** True when the process has ended, or could not be launched at all. */
export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
