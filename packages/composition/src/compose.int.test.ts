// Composition upon real servers: every token resolves, and a payment is made and found.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandContext, parseOrganizationId, queryContext } from '@paystrata/application';
import {
  startPostgres,
  startRedis,
  startTemporal,
  type PostgresServer,
  type RedisServer,
  type TemporalServer,
} from '@paystrata/test-servers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compose } from './compose.ts';
import type { ConfigOverrides } from './config/config-values.ts';
import { loadConfig } from './config/load-config.ts';
import { allTokens } from './tokens.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'paystrata-compose-'));
let postgres: PostgresServer;
let redis: RedisServer;
let temporal: TemporalServer;

beforeAll(async () => {
  [postgres, redis, temporal] = await Promise.all([startPostgres(), startRedis(), startTemporal()]);
});

afterAll(async () => {
  await Promise.all([postgres.stop(), redis.stop(), temporal.stop()]);
  rmSync(dataDir, { recursive: true });
});

it('event-sourced on PostgreSQL', async () => {
  await proveWorking({ storage: { dataDir, databaseUrl: await postgres.createDatabase() } });
});

it('memory-cqrs with Redis', async () => {
  await proveWorking({ storage: { dataDir, strategy: 'memory-cqrs', redisUrl: redis.url } });
});

it('temporal', async () => {
  const { address } = temporal;
  await proveWorking({ storage: { dataDir, strategy: 'temporal' }, temporal: { address, allowVolatile: true } });
});

async function proveWorking(overrides: ConfigOverrides): Promise<void> {
  const config = loadConfig({ env: {}, cwd: dataDir, overrides: { log: { level: 'silent' }, ...overrides } });
  const composition = await compose(config);
  for (const token of allTokens) expect(composition.container.resolve<unknown>(token), String(token)).toBeDefined();
  await composition.start();
  const organizationId = parseOrganizationId('acme');
  if (organizationId === undefined) throw new Error('not a slug');
  const { commands, queries, ids } = composition;
  const created = await commands.execute(
    { type: 'CreatePayment', amount: 5, currency: 'EUR' },
    commandContext({ organizationId }, ids),
  );
  if (!created.ok) throw new Error(created.rejection.message);
  const { paymentId, position } = created.receipt;
  const processed = await commands.execute(
    { type: 'ProcessPayment', paymentId, method: 'test_approve' },
    commandContext({ organizationId }, ids),
  );
  if (!processed.ok) throw new Error(processed.rejection.message);
  const context = queryContext({ organizationId, atLeast: processed.receipt.position }, ids);
  const found = await queries.execute({ type: 'GetPayment', paymentId, asOf: null }, context);
  expect(found?.payment).toMatchObject({ status: 'completed', captured: 5n });
  expect(position.epoch).toBe(processed.receipt.position.epoch);
  await composition.stop();
}
