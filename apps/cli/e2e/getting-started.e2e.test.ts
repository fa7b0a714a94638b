// docs/getting-started.md, followed word for word by somebody who has a server running.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type RunningServer } from '@paystrata/api';
import { compose, loadConfig } from '@paystrata/composition';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blocksOf, runScript } from './page-script.ts';

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
  const key = server.firstKey?.key ?? '';
  const env = { URL: server.url, KEY: key, PAYSTRATA_API_URL: server.url, PAYSTRATA_API_KEY: key };
  const { stdout, stderr } = await runScript(blocksOf('docs/getting-started.md'), folder, env);
  const statuses = [...stderr.matchAll(/^(\d{3}) http/gm)].map(([, status]) => status);
  expect(statuses).toEqual(['201', '200', '200', '201', '200', '200', '200', '200']);
  expect(stdout).toContain('"status":"partially_refunded"');
  expect(stdout).toMatch(/partially_refunded.*129\.99/);
  expect(readFileSync(join(folder, 'events.ndjson'), 'utf8').trim().split('\n')).toHaveLength(6);
});
