// The conformance kit on a real development server: as if two processes shared it, each with a worker.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring } from '@paystrata/application';
import type { ConformanceFactory } from '@paystrata/conformance';
import { describeDifferential } from '@paystrata/conformance/differential';
import { describeConformance } from '@paystrata/conformance/vitest';
import { startTemporal, type TemporalServer } from '@paystrata/test-servers';
import { afterAll, beforeAll } from 'vitest';
import { createTemporalStrategy } from './strategy/create-temporal-strategy.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-temporal-'));
const keyring = createMemoryKeyring();
let server: TemporalServer;
beforeAll(async () => {
  server = await startTemporal();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const temporal: ConformanceFactory = {
  scale: 0.1,
  async create(surroundings) {
    const taskQueue = surroundings.ids.next();
    const stores = {
      projection: { kind: 'sqlite', path: join(folder, `${taskQueue}.db`) },
      archive: { kind: 'sqlite', path: join(folder, `${taskQueue}-archive.db`) },
    } as const;
    const { address } = server;
    const open = async () => {
      const strategy = createTemporalStrategy({
        ...{ ...surroundings, ...stores, address, taskQueue, keyring },
        allowVolatile: true,
      });
      await strategy.start();
      return strategy;
    };
    let strategy = await open();
    const restart = async () => {
      await strategy.stop();
      strategy = await open();
      return strategy;
    };
    return { strategy, restart, beside: open, dispose: () => strategy.stop() };
  },
};

/** A thousand commands on one payment go one after the other. */
describeConformance('temporal', temporal, { timeoutMs: 120_000 });
describeDifferential('temporal', temporal, { runs: 2, timeoutMs: 240_000 });
