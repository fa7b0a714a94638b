// The README: its example runs, and its table of settings is that of the schema.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from './config/load-config.ts';
import { settingsTable } from './testing/settings-table.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('quotes the example word for word', () => {
  const [, quoted] = /```ts\n([\s\S]*?)```/.exec(read('../README.md')) ?? [];
  const [, ...example] = read('./testing/readme-example.ts').split('\n\n');
  expect(quoted).toBe(example.join('\n\n').replace("'../index.ts'", "'@paystrata/composition'"));
});

it('leads where the README says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-readme-'));
  const before = process.cwd;
  process.cwd = () => folder;
  try {
    const { found } = await import('./testing/readme-example.ts');
    expect(found?.payment).toMatchObject({ status: 'pending', amount: { amount: 12_999n, currency: 'EUR' } });
  } finally {
    process.cwd = before;
    rmSync(folder, { recursive: true });
  }
});

it('lists every setting with its variable, its default and what it may be', () => {
  const config = loadConfig({ env: {}, cwd: '/' });
  const table = settingsTable({ ...config, storage: { ...config.storage, dataDir: './.paystrata' } });
  const [, quoted] = /<!-- settings -->\n\n([\s\S]*?)\n\n/.exec(read('../README.md')) ?? [];
  expect(quoted).toBe(table);
});
