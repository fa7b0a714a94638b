// The cache: filled once however many ask, and never half.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cacheFolder, installedOnce } from './cache-folder.ts';

let cache: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'paystrata-cache-'));
  vi.stubEnv('PAYSTRATA_CACHE_DIR', cache);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

const fill = async (folder: string): Promise<void> => writeFileSync(join(folder, 'program'), 'whole');

test('many ask at once, one installs', async () => {
  const install = vi.fn(fill);
  const folders = await Promise.all(Array.from({ length: 8 }, () => installedOnce('server-1', install)));
  expect(new Set(folders)).toEqual(new Set([join(cache, 'server-1')]));
  expect(install).toHaveBeenCalledOnce();
  expect(readFileSync(join(cache, 'server-1', 'program'), 'utf8')).toBe('whole');
});

test('a failed installation leaves nothing, and the next one is tried', async () => {
  const breakOff = async (folder: string): Promise<void> => {
    writeFileSync(join(folder, 'program'), 'half');
    throw new Error('connection lost');
  };
  await expect(installedOnce('server-2', breakOff)).rejects.toThrow('connection lost');
  expect(readdirSync(cache)).toEqual(['install.lock']);
  expect(existsSync(join(await installedOnce('server-2', fill), 'program'))).toBe(true);
});

test('by default it lies in node_modules, which git ignores', () => {
  vi.stubEnv('PAYSTRATA_CACHE_DIR', '');
  expect(cacheFolder()).toMatch(/[\\/]node_modules[\\/]\.cache[\\/]paystrata-servers$/);
});
