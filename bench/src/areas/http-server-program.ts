// A server to measure, in a process of its own, as it would run. Its argument says which: JSON, null for a bare Fastify.
// Says where it is to the process that forked it, and ends with it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApi } from '@paystrata/api';
import { accessScopes, createApiKey, parseOrganizationId } from '@paystrata/application';
import { compose, loadConfig, type ConfigOverrides } from '@paystrata/composition';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Address, Storage } from './http-server.ts';

interface Serving {
  readonly address: Address;
  readonly close: () => Promise<void>;
}

async function serveBare(): Promise<Serving> {
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
  return { address: { port: await listen(app), path: '/payments', headers: {} }, close: () => app.close() };
}

async function serveApi(storage: Storage): Promise<Serving> {
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
  const headers = { authorization: `Bearer ${key}` };
  return { address: { port: await listen(app), path: '/v1/payments', headers }, close };
}

async function listen(app: Pick<FastifyInstance, 'listen'>): Promise<number> {
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  return Number(new URL(address).port);
}

// Made by `startHttpServer`.
const storage = JSON.parse(process.argv[2] ?? 'null') as Storage | null;
const { address, close } = await (storage === null ? serveBare() : serveApi(storage));
process.once('disconnect', () => void close().then(() => process.exit()));
process.send?.(address);
