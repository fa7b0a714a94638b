// Sees to it that no server and no temporary folder outlives the process that started it. One small reaper process
// (`reaper.ts`) is started beside the first server; a pipe to it closes with us, even when we are killed.

import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

type Subject = `process ${number}` | `folder ${string}`;

const guarded = new Set<Subject>();
let reaper: ChildProcess | undefined;

/** From now on the process `pid` and its descendants are killed when this process ends. */
export function guardProcess(pid: number): void {
  guard(`process ${pid}`);
}

/** The process `pid` has ended: its id may come to belong to another and must not be killed. */
export function releaseProcess(pid: number): void {
  release(`process ${pid}`);
}

/** From now on the folder is removed, with all in it, when this process ends. */
export function guardFolder(path: string): void {
  guard(`folder ${path}`);
}

/** The folder is no longer removed when this process ends. */
export function releaseFolder(path: string): void {
  release(`folder ${path}`);
}

function guard(subject: Subject): void {
  const running = reaper;
  guarded.add(subject);
  // A reaper that was just started is told all that is guarded.
  if (running !== undefined && startReaper() === running) tell(running, `+${subject}`);
  else startReaper();
}

function release(subject: Subject): void {
  if (guarded.delete(subject) && reaper !== undefined) tell(reaper, `-${subject}`);
}

function startReaper(): ChildProcess {
  if (reaper?.exitCode === null && reaper.signalCode === null) return reaper;
  const program = fileURLToPath(new URL(`./reaper${extname(import.meta.url)}`, import.meta.url));
  const started = spawn(process.execPath, [program], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  started.once('exit', (code, signal) => {
    if (guarded.size === 0) return;
    process.emitWarning(`the orphan guard ended with ${signal ?? code}: servers may outlive this process`);
  });
  // Neither the reaper nor the pipe to it keeps this process alive; a reaper that is gone is started anew.
  started.unref();
  started.once('error', () => (reaper = undefined));
  started.stdin.once('error', () => (reaper = undefined));
  if (started.stdin instanceof Socket) started.stdin.unref();
  for (const subject of guarded) tell(started, `+${subject}`);
  reaper = started;
  return started;
}

function tell(to: ChildProcess, order: string): void {
  to.stdin?.write(`${order}\n`);
}
