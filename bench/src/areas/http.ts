// Creating payments over HTTP, with an API key and an idempotency key, beside a bare Fastify that checks a schema; and how
// long it takes at 70 % of what was reached, when requests come as they are due.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApi } from '@paystrata/api';
import { accessScopes, createApiKey, parseOrganizationId } from '@paystrata/application';
import { compose, loadConfig, type ConfigOverrides } from '@paystrata/composition';
import { createDatabase, startPostgres } from '@paystrata/test-servers';
import Fastify, { type FastifyInstance } from 'fastify';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';
import { httpLoad } from '../harness/http-load.ts';
import { latencyOf, reportLatencies, type LatencyRow } from '../harness/latency.ts';
import { openLoad } from '../harness/open-loop.ts';

const REQUESTS = 6000;
const CONNECTIONS = 32;
const body = JSON.stringify({ amount: 1250, currency: 'EUR', description: 'bill', customer: { name: 'Ada' } });

type Storage = NonNullable<ConfigOverrides['storage']>;

interface Served {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

function contender(name: string, serve: () => Promise<Served>): Contender {
  return {
    name,
    prepare: async () => {
      const { port, path, headers, close } = await serve();
      const load = { port, path, headers, body, connections: CONNECTIONS, expectedStatus: 201 };
      await httpLoad({ ...load, requests: REQUESTS / 4 });
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

async function serveBare(): Promise<Served> {
  const app = Fastify();
  const schema = {
    body: {
      type: 'object',
      required: ['amount', 'currency'],
      additionalProperties: false,
      properties: {
        amount: { type: 'integer', minimum: 1 },
        currency: { type: 'string', pattern: '^[A-Z]{3}$' },
        description: { type: 'string' },
        customer: { type: 'object', properties: { name: { type: 'string' } } },
      },
    },
  };
  app.post('/payments', { schema }, (request, reply) => reply.code(201).send(request.body));
  const port = await listen(app);
  return { port, path: '/payments', headers: {}, close: () => app.close() };
}

async function serveApi(storage: Storage): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-bench-'));
  const overrides: ConfigOverrides = {
    storage: { dataDir: join(folder, 'data'), ...storage },
    log: { level: 'silent' },
    limits: { ratePerSecond: 0 },
  };
  const config = loadConfig({ env: {}, cwd: folder, overrides });
  const composition = await compose(config, { background: false, inMemoryAccess: storage.strategy === 'memory-cqs' });
  await composition.start();
  const app = await createApi(composition);
  const organizationId = parseOrganizationId('bench');
  if (organizationId === undefined) throw new Error('not an organization id');
  const now = composition.clock.now();
  const { key } = await createApiKey(composition.apiKeys, { organizationId, scopes: accessScopes, now });
  const close = async () => {
    await app.close();
    await composition.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    port: await listen(app),
    path: '/v1/payments',
    headers: { authorization: `Bearer ${key}` },
    close,
  };
}

async function listen(app: Pick<FastifyInstance, 'listen'>): Promise<number> {
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  return Number(new URL(address).port);
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
  const bare = contender('bare Fastify POST with a schema', serveBare);
  const serveMemory = () => serveApi({ strategy: 'memory-cqs' });
  const serveSqlite = () => serveApi({ strategy: 'event-sourced' });
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
      serveApi({ strategy: 'event-sourced', databaseUrl: await createDatabase(server.url) });
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
