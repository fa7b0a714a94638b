// The conformance kit on a real development server: as if two processes shared it, each with a worker. All of it takes
// minutes: the proof runs it whole, other runs a part of each kind.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring } from '@paystrata/application';
import { allCases, basicCases, type ConformanceFactory } from '@paystrata/conformance';
import { describeDifferential } from '@paystrata/conformance/differential';
import { describeConformance } from '@paystrata/conformance/vitest';
import { figure, startTemporal, type TemporalServer } from '@paystrata/test-servers';
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

const always: ReadonlySet<string> = new Set(['restart', 'stop', 'maintenance', 'erasure']);
const everyOther = figure(5, 1);
const chosen = allCases.filter(
  (each, index) => index % everyOther === 0 || always.has(each.property) || basicCases.includes(each),
);
/** A thousand commands on one payment go one after the other. */
const timeoutMs = 300_000;

describeConformance('temporal', temporal, { cases: chosen, timeoutMs });
describeDifferential('temporal', temporal, { runs: figure(1, 5), timeoutMs });
