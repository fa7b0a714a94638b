// OpenSearch answers every query as the plain functions do over the same documents.

import { startOpenSearch, type OpenSearchServer } from '@paystrata/test-servers';
import { afterAll, beforeAll } from 'vitest';
import type { PaymentSource } from '../ports/source.ts';
import { createSearchEngineSource } from './search-engine-source.ts';
import { declareQueryCases, epoch } from './testing/query-cases.ts';

let server: OpenSearchServer;
let source: PaymentSource;

beforeAll(async () => {
  server = await startOpenSearch();
  source = createSearchEngineSource({ url: server.url, prefix: 'queries', timeoutMs: 20_000 });
  await source.open(epoch);
});

afterAll(() => server.stop());

declareQueryCases(() => source, 5);
