// The global setups: test files get the shared server without asking for it, and nothing is left when they are over.

import { afterEach, expect, test, vi } from 'vitest';
import { postgresVariable, startPostgres } from './postgres/postgres.ts';
import { startTemporal, temporalVariable } from './temporal/temporal.ts';
import { setup as setupPostgres } from './vitest-postgres.ts';
import { setup as setupTemporal } from './vitest-temporal.ts';

afterEach(() => vi.unstubAllEnvs());

test('PostgreSQL is shared, each file has databases of its own', async () => {
  vi.stubEnv(postgresVariable, '');
  const teardown = await setupPostgres();
  const [first, second] = await Promise.all([startPostgres(), startPostgres()]);
  expect([first.external, first.url]).toEqual([true, second.url]);
  expect(await first.createDatabase()).not.toBe(await second.createDatabase());
  await Promise.all([first.stop(), second.stop()]);
  await teardown();
  expect(process.env[postgresVariable]).toBe('');
});

test('Temporal is shared', async () => {
  vi.stubEnv(temporalVariable, '');
  const teardown = await setupTemporal();
  const [first, second] = await Promise.all([startTemporal(), startTemporal()]);
  expect([first.external, first.address]).toEqual([true, second.address]);
  await teardown();
  expect(process.env[temporalVariable]).toBe('');
});
