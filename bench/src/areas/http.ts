// Creating payments over HTTP, with an API key and an idempotency key, beside a bare Fastify that checks a schema; and how
// long it takes at 70 % of what was reached, when requests come as they are due. Each server is a process of its own.

import { createDatabase, startPostgres } from '@paystrata/test-servers';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';
import { httpLoad } from '../harness/http-load.ts';
import { latencyOf, reportLatencies, type LatencyRow } from '../harness/latency.ts';
import { openLoad } from '../harness/open-loop.ts';
import { startHttpServer, type Served } from './http-server.ts';

const REQUESTS = 6000;
const CONNECTIONS = 32;
const body = JSON.stringify({ amount: 1250, currency: 'EUR', description: 'bill', customer: { name: 'Ada' } });

function contender(name: string, serve: () => Promise<Served>): Contender {
  return {
    name,
    prepare: async () => {
      const { port, path, headers, close } = await serve();
      const load = { port, path, headers, body, connections: CONNECTIONS, expectedStatus: 201 };
      await httpLoad({ ...load, requests: REQUESTS });
      return {
        run: async () => {
          await httpLoad({ ...load, requests: REQUESTS });
          return REQUESTS;
        },
        dispose: close,
      };
    },
  };
}

/** Seconds of open load, and how many requests may be open at a time: more than that wait to be sent. */
const OPEN_SECONDS = 15;
const OPEN_CONNECTIONS = 128;

/** At 70 % of the requests a second that the first contender of the comparison came to. */
async function openLatency(
  name: string,
  { rows }: ComparisonResult,
  serve: () => Promise<Served>,
): Promise<LatencyRow> {
  const ratePerSecond = Math.floor((rows[0]?.rate.median ?? Number.NaN) * 0.7);
  const { port, path, headers, close } = await serve();
  const load = { port, path, headers, body, connections: OPEN_CONNECTIONS, expectedStatus: 201, ratePerSecond };
  try {
    await openLoad({ ...load, requests: ratePerSecond * 2 });
    const times = await openLoad({ ...load, requests: ratePerSecond * OPEN_SECONDS });
    return latencyOf(`${name}, ${ratePerSecond} requests a second`, times);
  } finally {
    await close();
  }
}

/** What is stored on disk answers slower: it is asked less, and shares a server. */
export async function benchHttp(): Promise<readonly ComparisonResult[]> {
  const bare = contender('bare Fastify POST with a schema', () => startHttpServer(null));
  const serveMemory = () => startHttpServer({ strategy: 'memory-cqs' });
  const serveSqlite = () => startHttpServer({ strategy: 'event-sourced' });
  const memory = contender('POST /v1/payments, memory-cqs', serveMemory);
  const sqlite = contender('POST /v1/payments, SQLite', serveSqlite);
  const common = { unit: 'requests', rounds: 5 } as const;
  const inMemory = await compare({ ...common, title: 'HTTP create, memory-cqs', contenders: [memory, bare] });
  const onSqlite = await compare({ ...common, title: 'HTTP create, SQLite default', contenders: [sqlite, bare] });
  const results = [inMemory, onSqlite];
  const latencies = [
    await openLatency('memory-cqs', inMemory, serveMemory),
    await openLatency('SQLite', onSqlite, serveSqlite),
  ];
  const server = await startPostgres();
  try {
    const servePostgres = async () =>
      startHttpServer({ strategy: 'event-sourced', databaseUrl: await createDatabase(server.url) });
    const postgres = contender('POST /v1/payments, PostgreSQL', servePostgres);
    const onPostgres = await compare({ ...common, title: 'HTTP create, PostgreSQL', contenders: [postgres, bare] });
    results.push(onPostgres);
    latencies.push(await openLatency('PostgreSQL', onPostgres, servePostgres));
  } finally {
    await server.stop();
  }
  reportLatencies('http', 'HTTP create, open loop at 70 %, in milliseconds', latencies);
  return results;
}
