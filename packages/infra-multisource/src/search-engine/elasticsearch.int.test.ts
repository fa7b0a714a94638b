// Elasticsearch 7.17 by the same adapter: a few rounds of the same questions.

import { startElasticsearch, type SearchNode } from '@paystrata/test-servers';
import { afterAll, beforeAll } from 'vitest';
import type { PaymentSource } from '../ports/source.ts';
import { createSearchEngineSource } from './search-engine-source.ts';
import { declareQueryCases, epoch } from './testing/query-cases.ts';

let server: SearchNode;
let source: PaymentSource;

beforeAll(async () => {
  server = await startElasticsearch();
  source = createSearchEngineSource({ url: server.url, prefix: 'smoke', timeoutMs: 20_000 });
  await source.open(epoch);
});

afterAll(() => server.stop());

declareQueryCases(() => source, 2);
