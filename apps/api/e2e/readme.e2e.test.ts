// The examples of the README, run one after the other as a reader would.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newFolder, serveIn, type ServerUnderTest } from './running-server.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
let folder: ReturnType<typeof newFolder>;
let server: ServerUnderTest;

beforeAll(async () => {
  folder = newFolder();
  server = await serveIn(folder.path);
});

afterAll(async () => {
  await server.stop();
  folder.remove();
});

it('answers every curl of the README as it says', async () => {
  const blocks = [...read('../README.md').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  const [, ...examples] = blocks;
  const curl = new URL('./curl.ts', import.meta.url).pathname;
  const script = ['set -eu', `curl() { "${process.execPath}" "${curl}" "$@"; echo; }`, ...examples].join('\n');
  const env = { PATH: process.env['PATH'], URL: server.url, KEY: server.firstKey?.key };
  const { stdout, stderr } = await promisify(execFile)('bash', ['-o', 'pipefail', '-c', script], {
    cwd: folder.path,
    env,
  });
  const statuses = stderr.split('\n').flatMap((line) => /^(\d{3}) http/.exec(line)?.[1] ?? []);
  expect(statuses).toEqual(['201', '200', '201', '201', '200', '200', '200', '200', '200', '200', '200', '200', '200']);
  expect(stdout).toContain('"status":"refunded"');
  expect(stdout).toContain('"metadata":{"ticket":"4711"}');
  expect(stdout).toContain('"text":"Ada Lovelace"');
  expect(stdout).toContain('"line":2,"ok":false,"code":"amount_not_positive"');
});

it('starts as the README says', () => {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(read('../README.md')) ?? [];
  const [, ...example] = read('./readme-example.ts').split('\n\n');
  expect(code).toBe(example.join('\n\n').replace("'../src/index.ts'", "'@paystrata/api'"));
});

it('serves, and ends when it is told to', async () => {
  const program = new URL('./readme-example.ts', import.meta.url).pathname;
  const env = { PAYSTRATA_PORT: '0', PAYSTRATA_STORAGE: 'memory-cqs', PAYSTRATA_LOG_LEVEL: 'info' };
  const child = spawn(process.execPath, ['--conditions=@paystrata/source', program], { cwd: folder.path, env });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  await expect.poll(() => text, { timeout: 10_000 }).toMatch(/serving on http:\S+ psk_/);
  const url = /serving on (http:\S+)/.exec(text)?.[1] ?? '';
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
});
