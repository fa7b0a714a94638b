// Each kind of query, asked of each source by itself: what the router chooses from.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, everyPayment, silentLogger, type PaymentDocument } from '@paystrata/application';
import {
  createFilesSource,
  createMemorySource,
  createRedisSource,
  createSearchEngineSource,
  sourceDocument,
  type PaymentSource,
  type QueryKind,
  type SourceQueries,
} from '@paystrata/infra-multisource';
import { creationEntries } from '../harness/entries.ts';
import { latencyOf, reportLatencies, type LatencyRow } from '../harness/latency.ts';
import { at } from './journal-load.ts';

const PAYMENTS = 20_000;
const BATCH = 500;
const CALLS = 300;
const WARM_UPS = 50;

interface Servers {
  readonly redisUrl: string;
  readonly searchUrl: string;
}

/** One organization; the servers are used by nobody else. */
export async function benchQueriesBySource({ redisUrl, searchUrl }: Servers): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
  const sources = [
    createMemorySource({ maxPayments: PAYMENTS, logger: silentLogger }),
    createRedisSource({ url: redisUrl, timeoutMs: 20_000, logger: silentLogger }),
    createSearchEngineSource({ url: searchUrl, timeoutMs: 60_000 }),
    createFilesSource({ folder, keyring: createMemoryKeyring() }),
  ];
  const documents = creationEntries(PAYMENTS).map(({ payment }, index) => ({ payment, position: index + 1 }));
  const rows: LatencyRow[] = [];
  try {
    for (const source of sources) {
      await fill(source, documents);
      for (const [kind, queries] of Object.entries(queriesOf(documents))) {
        const times = await timesOf(source, kind as QueryKind, queries);
        if (times !== null) rows.push(latencyOf(`${kind} by ${source.name}`, times));
      }
      await source.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  reportLatencies('multi-source-queries', `one question at a time, ${PAYMENTS} payments`, rows);
}

async function fill(source: PaymentSource, documents: readonly PaymentDocument[]): Promise<void> {
  await source.open('bench-queries');
  await source.clear();
  for (let from = 0; from < documents.length; from += BATCH) {
    const batch = documents.slice(from, from + BATCH).map(sourceDocument);
    await source.apply({ from, to: from + batch.length, documents: batch, events: [] });
  }
}

type Queries = { readonly [Kind in QueryKind]: readonly SourceQueries[Kind][] };

/** Different ones each time, as different people ask. */
function queriesOf(documents: readonly PaymentDocument[]): Queries {
  const each = <Query>(make: (n: number) => Query) => Array.from({ length: CALLS + WARM_UPS }, (_, n) => make(n));
  const someone = (n: number) => at(documents, (n * 7919) % documents.length).payment;
  const range = { from: null, to: null } as const;
  return {
    get: each((n) => ({ type: 'GetPayment', paymentId: someone(n).id, asOf: null })),
    search: each((n) => ({
      ...{ type: 'SearchPayments', limit: 20, cursor: null, page: null },
      filter: { ...everyPayment, currencies: [someone(n).amount.currency], minAmount: BigInt(n * 50) },
      sort: { by: 'amount', descending: n % 2 === 0 },
    })),
    suggestions: each((n) => ({ type: 'SuggestPayments', prefix: `bill ${n}`, field: null, limit: 10 })),
    statistics: each((n) => ({
      ...{ type: 'PaymentStatistics', of: 'created' },
      range: { ...range, from: someone(n).createdAt },
    })),
    analytics: each((n) => ({
      ...{ type: 'PaymentAnalytics', interval: 'day', timezone: 'UTC' },
      filter: { ...everyPayment, created: { ...range, from: someone(n).createdAt } },
    })),
  };
}

/** Null: the source cannot answer such questions. */
async function timesOf<Kind extends QueryKind>(
  source: PaymentSource,
  kind: Kind,
  queries: readonly SourceQueries[Kind][],
): Promise<readonly number[] | null> {
  const ask = source.queries[kind];
  if (ask === undefined) return null;
  const { organizationId } = at(creationEntries(1), 0);
  const times: number[] = [];
  for (const query of queries) {
    const begun = performance.now();
    const found = await ask(query, { organizationId, epoch: 'bench-queries', atLeast: PAYMENTS });
    times.push(performance.now() - begun);
    if (found === null) throw new Error(`${source.name} cannot tell: ${kind}`);
  }
  return times.slice(WARM_UPS);
}
