// A server with all its children, as one thing to kill, stop or look at. PostgreSQL gives each child a session of its
// own, so a process group does not reach them: the tree is read from the system instead.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** True while a process of this id exists and is not a zombie. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return stateAndParent(pid)?.state !== 'Z';
}

/** The process and all its descendants, parents before children. Empty when there is no such process. */
export function processTree(root: number): number[] {
  const children = childrenByParent();
  const tree = isAlive(root) ? [root] : [];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/**
 * Stops a process and all its descendants (SIGSTOP), parents first, and looks again until none was missed, as a
 * parent may fork while we look. Answers their ids.
 */
export function suspendTree(root: number): number[] {
  const stopped = new Set<number>();
  for (;;) {
    const missed = processTree(root).filter((pid) => !stopped.has(pid));
    if (missed.length === 0) return [...stopped];
    for (const pid of missed) {
      stopped.add(pid);
      send(pid, 'SIGSTOP');
    }
  }
}

/** Lets a process and all its descendants go on (SIGCONT). */
export function resumeTree(root: number): void {
  for (const pid of processTree(root)) send(pid, 'SIGCONT');
}

/** Kills a process and all its descendants (SIGKILL), stopped or not, so that none can clean up. Answers their ids. */
export function killTree(root: number): number[] {
  const pids = suspendTree(root);
  for (const pid of pids) send(pid, 'SIGKILL');
  return pids;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended since we looked, which is what a kill wants and what a stop cannot change.
  }
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const [pid, parent] of process.platform === 'linux' ? fromProc() : fromPs()) {
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [pid]);
    else siblings.push(pid);
  }
  return children;
}

function* fromProc(): Generator<readonly [number, number]> {
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const stat = Number.isInteger(pid) ? stateAndParent(pid) : undefined;
    if (stat !== undefined && stat.state !== 'Z') yield [pid, stat.parent];
  }
}

function* fromPs(): Generator<readonly [number, number]> {
  for (const line of execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n')) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    if (pid !== undefined && parent !== undefined) yield [pid, parent];
  }
}

// The command's name stands in parentheses and may hold anything, so the fields are counted from its last one.
function stateAndParent(pid: number): { readonly state: string; readonly parent: number } | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
