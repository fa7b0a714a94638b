// README.md of the repository: its examples, run one after the other as a reader would.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type RunningServer } from '@paystrata/api';
import { compose, loadConfig } from '@paystrata/composition';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leedsFile } from './leeds-file.ts';
import { blocksOf, runScript } from './page-script.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-front-'));
/** `npm start` and `npm test` are on the page, too: they are what runs all of this. */
const [, commands = '', requests = ''] = blocksOf('README.md');
let server: RunningServer;

beforeAll(async () => {
  const overrides = { server: { port: 0 }, log: { level: 'silent' }, storage: { strategy: 'memory-cqs' } } as const;
  server = await startServer(await compose(loadConfig({ env: {}, cwd: folder, overrides })));
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** After the first example, the reader puts the id of the new payment where the page says ID. */
function withId(block: string, lookup: string): readonly string[] {
  const [before = '', ...after] = block.split(/(?<=EUR[^\n]*\n)/);
  const named = after.join('').replaceAll(/\bID\b/g, '"$ID"');
  return [before, `ID=$(${lookup} | grep -o '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4)`, named];
}

it('leads on the command line from a file of payments to one that was charged and refunded', async () => {
  // The beginning of the real file is as good as all of it.
  writeFileSync(join(folder, 'payments.csv'), readFileSync(leedsFile).subarray(0, 60_000).toString('latin1'), 'latin1');
  const lookup = 'paystrata payments list --organization demo --json';
  const { stdout } = await runScript(withId(commands, lookup), folder, {});
  expect(stdout).toMatch(/imported +\d{3}/);
  expect(stdout).toContain('leeds-city-council');
  expect(stdout).toMatch(/partially_refunded|part of it was refunded|refunded/);
  expect(commands.match(/npm run -s paystrata/g)).toHaveLength(7);
});

it('leads over HTTP to a payment that was charged', async () => {
  const key = server.firstKey?.key ?? '';
  const here = (block: string) => block.replaceAll('localhost:3000', server.url);
  const [create, ...rest] = here(requests).split(/(?<=bill-42"}'\n)/);
  const lookup = `curl -s "${server.url}/v1/payments" -H "Authorization: Bearer $KEY"`;
  const find = `ID=$(${lookup} | grep -o '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4)`;
  const lines = [create ?? '', find, rest.join('').replaceAll('/ID/', '/$ID/')];
  const { stdout, stderr } = await runScript(lines, folder, { KEY: key });
  expect([...stderr.matchAll(/^(\d{3}) http/gm)].map(([, status]) => status)).toEqual(['201', '200', '200']);
  expect(stdout).toContain('"status":"completed"');
});
