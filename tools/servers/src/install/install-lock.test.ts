// The lock: one at a time, and free again when its owner is killed.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { whileLocked } from './install-lock.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-lock-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('one works at a time, and a failed one frees the lock', async () => {
  const file = join(folder, 'lock');
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  await expect(whileLocked(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await Promise.all([whileLocked(file, work), whileLocked(file, work), whileLocked(file, work)]);
  expect(most).toBe(1);
});

test('a killed owner in another process holds up nobody', async () => {
  const file = join(folder, 'lock');
  const hold = `
    const lock = new (require('node:sqlite').DatabaseSync)(process.argv[1]);
    lock.exec('begin exclusive');
    console.log('held');
    setInterval(() => lock, 1e6);`;
  const owner = spawn(process.execPath, ['-e', hold, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => owner.stdout.once('data', resolve));
  let entered = false;
  const waiting = whileLocked(file, async () => {
    entered = true;
    return owner.signalCode;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(entered).toBe(false);
  const ended = new Promise((resolve) => owner.once('exit', resolve));
  owner.kill('SIGKILL');
  await ended;
  expect(await waiting).toBe('SIGKILL');
});
