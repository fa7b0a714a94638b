// Process trees: found with their grandchildren, held, let go and killed as one.

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { waitUntil } from '../wait-until.ts';
import { isAlive, killTree, processTree, resumeTree, suspendTree } from './process-tree.ts';

let family: ChildProcess | undefined;

afterEach(() => {
  if (family?.pid !== undefined) killTree(family.pid);
});

/** A shell with a child in a session of its own, which has a child. */
async function startFamily(): Promise<number> {
  const offspring = `require('node:child_process').spawn('sleep', ['1000'], { detached: true }); setInterval(() => {}, 1e6)`;
  family = spawn('sh', ['-c', '"$0" -e "$1" & wait', process.execPath, offspring], { stdio: 'ignore' });
  const { pid } = family;
  if (pid === undefined) throw new Error('the shell did not start');
  await waitUntil('three generations', () => processTree(pid).length === 3);
  return pid;
}

test('kills all, also those with a session of their own', async () => {
  const pid = await startFamily();
  const killed = killTree(pid);
  expect(killed).toHaveLength(3);
  await waitUntil('all to be gone', () => !killed.some(isAlive));
  expect(processTree(pid)).toEqual([]);
});

test('kills those that are held still', async () => {
  const pid = await startFamily();
  suspendTree(pid);
  const killed = killTree(pid);
  await waitUntil('all to be gone', () => !killed.some(isAlive));
});

test.runIf(process.platform === 'linux')('holds all and lets all go on', async () => {
  const pid = await startFamily();
  const pids = suspendTree(pid);
  expect(pids).toHaveLength(3);
  await waitUntil('all to be held', () => pids.every((each) => stateOf(each) === 'T'));
  resumeTree(pid);
  await waitUntil('all to go on', () => pids.every((each) => stateOf(each) === 'S'));
});

test('an id that nobody has is no tree', () => {
  const nobody = 2 ** 30;
  expect(isAlive(nobody)).toBe(false);
  expect(processTree(nobody)).toEqual([]);
  expect(killTree(nobody)).toEqual([]);
});

function stateOf(pid: number): string | undefined {
  return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
}
