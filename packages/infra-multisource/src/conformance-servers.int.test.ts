// The conformance kit on multi-source with real servers: PostgreSQL, Redis, OpenSearch, and a folder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring } from '@paystrata/application';
import type { ConformanceFactory } from '@paystrata/conformance';
import { describeDifferential } from '@paystrata/conformance/differential';
import { describeConformance } from '@paystrata/conformance/vitest';
import {
  startOpenSearch,
  startPostgres,
  startRedis,
  type OpenSearchServer,
  type PostgresServer,
  type RedisServer,
} from '@paystrata/test-servers';
import { afterAll, beforeAll } from 'vitest';
import { createMultiSourceStrategy } from './multi-source.ts';

let [postgres, redis, search]: [PostgresServer?, RedisServer?, OpenSearchServer?] = [];
let url: string;
const folder = mkdtempSync(join(tmpdir(), 'paystrata-conformance-'));
const keyring = createMemoryKeyring();

beforeAll(async () => {
  [postgres, redis, search] = await Promise.all([startPostgres(), startRedis(), startOpenSearch()]);
  url = await postgres.createDatabase();
});

afterAll(async () => {
  await Promise.all([postgres?.stop(), redis?.stop(), search?.stop()]);
  rmSync(folder, { recursive: true });
});

/** Without the index in memory, so that the servers are asked. */
const servers: ConformanceFactory = {
  async create({ clock, ids }) {
    const start = async () => {
      const strategy = createMultiSourceStrategy({
        ...{ clock, ids, keyring, memoryPayments: 0, filesDir: join(folder, 'files') },
        ...{ redisUrl: redis?.url ?? null, searchUrl: search?.url ?? null },
        store: { kind: 'postgres', url, poolSize: 4 },
      });
      await strategy.start();
      return strategy;
    };
    let strategy = await start();
    return {
      strategy,
      // The other one has not closed its connections yet, as if it had been killed.
      restart: async () => {
        const before = strategy;
        strategy = await start();
        await before.stop();
        return strategy;
      },
      dispose: () => strategy.stop(),
    };
  },
  scale: 0.2,
};

describeConformance('multi-source-servers', servers, { timeoutMs: 60_000 });
describeDifferential('multi-source-servers', servers, { runs: 6 });
