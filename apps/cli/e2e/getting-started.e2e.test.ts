// docs/getting-started.md, followed word for word by somebody who has a server running.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startServer, type RunningServer } from '@paystrata/api';
import { compose, loadConfig } from '@paystrata/composition';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'paystrata-start-'));
let server: RunningServer;

beforeAll(async () => {
  const overrides = { server: { port: 0 }, log: { level: 'silent' } } as const;
  server = await startServer(await compose(loadConfig({ env: {}, cwd: folder, overrides })));
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('leads to a payment that was charged, refunded and asked about', async () => {
  const page = readFileSync(join(root, 'docs', 'getting-started.md'), 'utf8');
  const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  const node = `"${process.execPath}" --conditions=@paystrata/source`;
  const script = [
    'set -eu -o pipefail',
    `curl() { ${node} "${join(root, 'apps', 'api', 'e2e', 'curl.ts')}" "$@"; echo; }`,
    `paystrata() { ${node} "${join(root, 'apps', 'cli', 'src', 'main.ts')}" "$@"; }`,
    ...blocks,
  ].join('\n');
  const key = server.firstKey?.key ?? '';
  const env = {
    ...{ PATH: process.env['PATH'], URL: server.url, KEY: key },
    ...{ PAYSTRATA_API_URL: server.url, PAYSTRATA_API_KEY: key },
  };
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], { cwd: folder, env });
  const statuses = [...stderr.matchAll(/^(\d{3}) http/gm)].map(([, status]) => status);
  expect(statuses).toEqual(['201', '200', '200', '201', '200', '200', '200', '200']);
  expect(stdout).toContain('"status":"partially_refunded"');
  expect(stdout).toMatch(/partially_refunded.*129\.99/);
  expect(readFileSync(join(folder, 'events.ndjson'), 'utf8').trim().split('\n')).toHaveLength(6);
});
