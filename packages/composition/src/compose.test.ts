// Composition: every token resolves under every configuration that needs no server.

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandContext, parseOrganizationId } from '@paystrata/application';
import { isEventSourced } from '@paystrata/infra-eventsourced';
import { isMemoryCqrs } from '@paystrata/infra-inmemory';
import { afterAll, describe, expect, it } from 'vitest';
import { compose } from './compose.ts';
import type { ConfigOverrides } from './config/config-values.ts';
import { loadConfig } from './config/load-config.ts';
import { allTokens, strategyToken } from './tokens.ts';

function configOf(overrides: ConfigOverrides) {
  return loadConfig({ env: {}, cwd: import.meta.dirname, overrides: { log: { level: 'silent' }, ...overrides } });
}

const dataDir = mkdtempSync(join(tmpdir(), 'paystrata-compose-'));

afterAll(() => rmSync(dataDir, { recursive: true }));

const configurations: readonly (readonly [string, ConfigOverrides])[] = [
  ['memory-cqs', { storage: { strategy: 'memory-cqs' } }],
  ['memory-cqrs', { storage: { strategy: 'memory-cqrs' } }],
  ['event-sourced on SQLite', { storage: { dataDir } }],
  ['event-sourced in memory', { storage: { databaseUrl: 'memory:' } }],
  ['multi-source on SQLite', { storage: { strategy: 'multi-source', dataDir: join(dataDir, 'sources') } }],
];

describe.each(configurations)('%s', (_name, overrides) => {
  it('resolves every token, each once', async () => {
    const composition = await compose(configOf(overrides), { inMemoryAccess: true });
    for (const token of allTokens) {
      const port: unknown = composition.container.resolve(token);
      expect(port, String(token)).toBeDefined();
      expect(composition.container.resolve(token)).toBe(port);
    }
    await composition.stop();
  });

  it('takes a command and answers a query', async () => {
    const composition = await compose(configOf(overrides), { inMemoryAccess: true });
    await composition.start();
    const organizationId = parseOrganizationId('acme');
    if (organizationId === undefined) throw new Error('not a slug');
    const seen: string[] = [];
    composition.events.subscribe('all', async ({ type }) => void seen.push(type));
    const context = commandContext({ organizationId }, composition.ids);
    const created = await composition.commands.execute({ type: 'CreatePayment', amount: 5, currency: 'EUR' }, context);
    expect(created.ok).toBe(true);
    await composition.stop();
    expect(seen).toEqual(['PaymentCreated']);
  });

  it('shares nothing between two containers', async () => {
    const options = { inMemoryAccess: true };
    const [one, two] = await Promise.all([
      compose(configOf(overrides), options),
      compose(configOf(overrides), options),
    ]);
    expect(one.container.resolve(strategyToken)).not.toBe(two.container.resolve(strategyToken));
    await Promise.all([one.stop(), two.stop()]);
  });

  it('can be stopped twice, and without having been started', async () => {
    const composition = await compose(configOf(overrides), { inMemoryAccess: true });
    await composition.stop();
    await composition.stop();
  });
});

it('hands on what a strategy has beside the ports', async () => {
  const made = async (overrides: ConfigOverrides) => compose(configOf(overrides), { inMemoryAccess: true });
  const cqrs = await made({ storage: { strategy: 'memory-cqrs' } });
  await cqrs.start();
  if (!isMemoryCqrs(cqrs.strategy)) throw new Error('there are no partitions');
  expect(cqrs.strategy.partitions.list()).toEqual([]);
  const sourced = await made({ storage: { databaseUrl: 'memory:' } });
  await sourced.start();
  if (!isEventSourced(sourced.strategy)) throw new Error('there is no event store');
  expect(await sourced.strategy.eventStore.head()).toBe(0);
  expect(isEventSourced(cqrs.strategy)).toBe(false);
  await Promise.all([cqrs.stop(), sourced.stop()]);
});

it('refuses a record that does not last for multi-source', async () => {
  const composing = compose(configOf({ storage: { strategy: 'multi-source', databaseUrl: 'memory:' } }));
  await expect(composing).rejects.toThrow('PAYSTRATA_DATABASE_URL is "memory:"');
  await expect(composing).rejects.toHaveProperty('code', 'CONFIG_INVALID');
});

it('keeps keys in a file of the data folder that only its owner may read', async () => {
  const folder = join(dataDir, 'made');
  const composition = await compose(configOf({ storage: { strategy: 'memory-cqs', dataDir: folder } }));
  const record = { id: 'k1', hash: '0', organizationId: '*', scopes: [], createdAt: 1, revokedAt: null } as const;
  await composition.apiKeys.insert(record);
  const another = await compose(configOf({ storage: { strategy: 'memory-cqs', dataDir: folder } }));
  expect(await another.apiKeys.find('k1')).toEqual(record);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0);
  await Promise.all([composition.stop(), another.stop()]);
});

it('says what is wrong with a data folder that cannot be made', async () => {
  const config = configOf({ storage: { strategy: 'memory-cqs', dataDir: join(import.meta.filename, 'data') } });
  await expect(compose(config)).rejects.toThrow(/the data folder .* cannot be made/);
});
