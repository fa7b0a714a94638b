// OpenSearch: it answers, keeps what was acknowledged through a kill, and stands still when it is held.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ServerNotOurs, ServerProgramMissing } from '../server-failure.ts';
import { searchVariable } from './opensearch-jars.ts';
import { type OpenSearchServer, startOpenSearch } from './opensearch.ts';

let server: OpenSearchServer;

beforeAll(async () => {
  server = await startOpenSearch({ own: true });
});

afterAll(() => server.stop());

afterEach(() => vi.unstubAllEnvs());

test('keeps what was acknowledged when it is killed, on the same port', async () => {
  expect(await put('/payments/_doc/1?version=7&version_type=external', { amount: 42 })).toBe(201);
  await server.kill9();
  await expect(get('/')).rejects.toThrow('fetch failed');
  await server.restart();
  expect(await get('/payments/_doc/1')).toMatchObject({ _version: 7, _source: { amount: 42 } });
  const conflict = 409;
  expect(await put('/payments/_doc/1?version=6&version_type=external', { amount: 41 })).toBe(conflict);
});

test('finds by text', async () => {
  await put('/bills/_doc/1?refresh=true', { text: 'storage in March' });
  await put('/bills/_doc/2?refresh=true', { text: 'compute in March' });
  expect(await get('/bills/_search?q=text:storage')).toMatchObject({ hits: { total: { value: 1 } } });
});

test('answers nothing while it is held still, and then goes on', async () => {
  server.suspend();
  await expect(get('/', 200)).rejects.toThrow('timeout');
  server.resume();
  expect(await get('/')).toMatchObject({ version: { number: '2.18.0' } });
});

test('one given by the environment is used and never killed', async () => {
  vi.stubEnv(searchVariable, server.url);
  const given = await startOpenSearch();
  expect(given).toMatchObject({ external: true, url: server.url });
  await expect(given.kill9()).rejects.toThrow(ServerNotOurs);
  await given.stop();
  expect(await get('/')).toHaveProperty('version');
});

test('without Java, the message says what to do', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'paystrata-empty-'));
  try {
    vi.stubEnv('PATH', empty);
    const starting = startOpenSearch({ own: true });
    await expect(starting).rejects.toThrow(ServerProgramMissing);
    await expect(starting).rejects.toThrow(/Java 17.*PAYSTRATA_TEST_SEARCH_URL/);
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
});

async function get(path: string, withinMs = 10_000): Promise<unknown> {
  const answer = await fetch(new URL(path, server.url), { signal: AbortSignal.timeout(withinMs) });
  return answer.json();
}

async function put(path: string, document: object): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(document);
  const answer = await fetch(new URL(path, server.url), { method: 'PUT', headers, body });
  await answer.body?.cancel();
  return answer.status;
}
