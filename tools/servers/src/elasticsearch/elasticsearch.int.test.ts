// Elasticsearch: it answers as the version that it should be, keeps external versions, and is had back after a kill.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SearchNode } from '../java/search-node.ts';
import { startElasticsearch } from './elasticsearch.ts';

let server: SearchNode;

beforeAll(async () => {
  server = await startElasticsearch({ own: true });
});

afterAll(() => server.stop());

test('is version 7.17', async () => {
  expect(await (await fetch(server.url)).json()).toMatchObject({ version: { number: '7.17.29' } });
});

test('keeps what was acknowledged when it is killed, on the same port', async () => {
  const created = 201;
  const conflict = 409;
  expect(await put(7, { amount: 42 })).toBe(created);
  await server.kill9();
  await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  await server.restart();
  const kept = await fetch(new URL('/payments/_doc/1', server.url));
  expect(await kept.json()).toMatchObject({ _version: 7, _source: { amount: 42 } });
  expect(await put(6, { amount: 41 })).toBe(conflict);
});

async function put(version: number, document: object): Promise<number> {
  const url = new URL(`/payments/_doc/1?version=${version}&version_type=external`, server.url);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(document) });
  await answer.body?.cancel();
  return answer.status;
}
