// Where settings come from, and how a bad one is refused.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigInvalid } from './config-invalid.ts';
import { settings } from './config-schema.ts';
import type { ConfigOverrides, Environment } from './config-values.ts';
import { describeConfig } from './describe-config.ts';
import { CONFIG_FILE, loadConfig } from './load-config.ts';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'paystrata-config-'));
});

afterEach(() => rmSync(cwd, { recursive: true }));

function load(env: Environment = {}, overrides?: ConfigOverrides) {
  return loadConfig({ env, cwd, ...(overrides !== undefined && { overrides }) });
}

function writeFile(content: unknown): void {
  writeFileSync(join(cwd, CONFIG_FILE), typeof content === 'string' ? content : JSON.stringify(content));
}

function refusal(load: () => unknown): ConfigInvalid {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigInvalid) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('where values come from', () => {
  it('has a default for everything', () => {
    const config = load();
    expect(config.storage).toEqual({
      strategy: 'event-sourced',
      dataDir: join(cwd, '.paystrata'),
      databaseUrl: null,
      redisUrl: null,
      searchUrl: null,
      filesDir: null,
      keyring: null,
    });
    expect(config.server).toEqual({ host: '127.0.0.1', port: 3000, role: 'all', corsOrigins: [] });
    expect(config.limits).toEqual({ maxAmount: 1_000_000_000_000n, ratePerSecond: 100, burst: 200 });
    expect(config.memory).toEqual({ bulkSize: 100, routingField: 'organizationId', maxPayments: null });
    expect(config.cache).toEqual({ ttlSeconds: 300, paymentTtlSeconds: 300 });
    expect(config.temporal).toMatchObject({ address: '127.0.0.1:7233', namespace: 'default', allowVolatile: false });
    expect(config.log.level).toBe('info');
  });

  it('lets the environment win over the file, and overrides over both', () => {
    writeFile({ storage: { strategy: 'memory-cqrs', dataDir: 'kept' }, server: { port: 1, host: 'a' } });
    const config = load({ PAYSTRATA_STORAGE: 'memory-cqs', PAYSTRATA_PORT: '2' }, { server: { port: 3 } });
    expect(config.storage).toMatchObject({ strategy: 'memory-cqs', dataDir: join(cwd, 'kept') });
    expect(config.server).toMatchObject({ port: 3, host: 'a' });
    const origins = new Map(describeConfig(config).map(({ key, origin }) => [key, origin]));
    expect(origins.get('storage.strategy')).toBe('environment');
    expect(origins.get('server.port')).toBe('override');
    expect(origins.get('server.host')).toBe('file');
    expect(origins.get('server.role')).toBe('default');
  });

  it('keeps payments longer in the cache on Temporal', () => {
    expect(load({ PAYSTRATA_STORAGE: 'temporal' }).cache.paymentTtlSeconds).toBe(600);
    writeFile({ cache: { paymentTtlSeconds: 5 } });
    expect(load({ PAYSTRATA_STORAGE: 'temporal' }).cache.paymentTtlSeconds).toBe(5);
  });

  it('leaves alone what is not ours, and what the tests of this repository read', () => {
    expect(load({ PATH: '/bin', PAYSTRATA_TEST_POSTGRES_URL: 'x', PAYSTRATA_PROOF: 'full' })).toBeDefined();
  });

  it('knows every variable of the documented list', () => {
    const documented = `STORAGE DATA_DIR DATABASE_URL REDIS_URL SEARCH_URL FILES_DIR KEYRING HOST PORT ROLE API_URL
      API_KEY LOG_LEVEL TEMPORAL_ADDRESS TEMPORAL_NAMESPACE TEMPORAL_API_KEY TEMPORAL_TLS_ENABLED TEMPORAL_TLS_CA_FILE
      TEMPORAL_TLS_CERT_FILE TEMPORAL_TLS_KEY_FILE TEMPORAL_TLS_SERVER_NAME TEMPORAL_ALLOW_VOLATILE
      TEMPORAL_ARCHIVE_URL TEMPORAL_ENCRYPTION_KEYS`;
    const known = settings.flatMap(({ variable }) => (variable === null ? [] : [variable]));
    expect(known.sort()).toEqual(
      documented
        .split(/\s+/)
        .map((name) => `PAYSTRATA_${name}`)
        .sort(),
    );
  });
});

describe('what is refused', () => {
  it.each([
    [{ PAYSTRATA_PORT: 'http' }, 'PAYSTRATA_PORT is "http": it must be a whole number from 0 to 65535'],
    [{ PAYSTRATA_PORT: '65536' }, 'PAYSTRATA_PORT is 65536: it must be a whole number from 0 to 65535'],
    [
      { PAYSTRATA_STORAGE: 'memory' },
      /^PAYSTRATA_STORAGE is "memory": it must be one of memory-cqs, memory-cqrs, event-/,
    ],
    [{ PAYSTRATA_ROLE: 'reader' }, 'PAYSTRATA_ROLE is "reader": it must be one of all, command, query, worker'],
    [{ PAYSTRATA_DATABASE_URL: 'mysql://a/b' }, /^PAYSTRATA_DATABASE_URL is "mysql:\/\/a\/b": it must be postgres:/],
    [{ PAYSTRATA_TEMPORAL_ALLOW_VOLATILE: 'yes' }, /ALLOW_VOLATILE is "yes": it must be true or false$/],
    [{ PAYSTRATA_DATABASE_URL: '' }, 'PAYSTRATA_DATABASE_URL is empty: give it a value or take it away'],
    [{ PAYSTRATA_STORGE: 'x' }, 'PAYSTRATA_STORGE is not a setting; did you mean PAYSTRATA_STORAGE?'],
    [{ PAYSTRATA_COLOUR: 'x' }, 'PAYSTRATA_COLOUR is not a setting'],
  ])('the variables %j', (env, message) => {
    const { message: said, code } = refusal(() => load(env));
    expect(code).toBe('CONFIG_INVALID');
    expect(said).toMatch(typeof message === 'string' ? new RegExp(`^${message.replace(/[?.]/g, '\\$&')}$`) : message);
  });

  it.each([
    [{ server: { prot: 1 } }, '"server.prot" is not a setting; did you mean server.port?'],
    [{ sever: { port: 1 } }, '"sever" is not a setting; did you mean server?'],
    [{ server: { port: '80' } }, 'paystrata.config.json: server.port is "80": it must be a whole number'],
    [{ server: [] }, 'paystrata.config.json: "server" must hold a JSON object'],
    [[], 'paystrata.config.json must hold a JSON object'],
    ['{', 'paystrata.config.json is not JSON'],
    ['{"__proto__":{"port":1}}', '"__proto__" is not a setting'],
    ['{"server":{"__proto__":{"port":1}}}', '"server.__proto__" is not a setting'],
  ])('the file %j', (content, message) => {
    writeFile(content);
    expect(refusal(load).message).toContain(message);
  });

  it('says everything that is wrong at once', () => {
    writeFile({ log: { level: 'loud' }, nothing: {} });
    const { issues } = refusal(() => load({ PAYSTRATA_PORT: '-1', PAYSTRATA_X: '1' }));
    expect(issues.map(({ name }) => name).sort()).toEqual(['PAYSTRATA_PORT', 'PAYSTRATA_X', 'log.level', 'nothing']);
  });
});

describe('secrets', () => {
  const secret = 'tr0ub4dor';

  it('are masked where the configuration is shown', () => {
    const config = load({
      PAYSTRATA_DATABASE_URL: `postgres://app:${secret}@db:5432/pay?password=${secret}`,
      PAYSTRATA_REDIS_URL: `redis://:${secret}@cache:6379`,
      PAYSTRATA_API_KEY: secret,
      PAYSTRATA_TEMPORAL_API_KEY: secret,
    });
    const shown = describeConfig(config);
    expect(JSON.stringify(shown)).not.toContain(secret);
    expect(shown.find(({ key }) => key === 'storage.databaseUrl')?.value).toBe('postgres://app:***@db:5432/pay?***');
  });

  it('are masked in refusals', () => {
    const bad = { PAYSTRATA_DATABASE_URL: `mysql://app:${secret}@db/x`, PAYSTRATA_REDIS_URL: `${secret}@cache` };
    expect(refusal(() => load(bad)).message).not.toContain(secret);
    writeFile(`{"client":{"apiKey":"${secret}",}}`);
    expect(refusal(load).message).not.toContain(secret);
  });
});
