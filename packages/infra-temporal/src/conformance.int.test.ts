// The conformance kit on a real development server: the basic cases, and those about ends and restarts.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allCases, basicCases } from '@paystrata/conformance';
import { describeConformance } from '@paystrata/conformance/vitest';
import { startTemporal, type TemporalServer } from '@paystrata/test-servers';
import { afterAll, beforeAll } from 'vitest';
import { createTemporalStrategy } from './strategy/create-temporal-strategy.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-temporal-'));
let server: TemporalServer;
beforeAll(async () => {
  server = await startTemporal();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ends = allCases.filter(({ property }) => ['restart', 'stop', 'maintenance'].includes(property));

describeConformance(
  'temporal',
  {
    scale: 0.1,
    async create(surroundings) {
      const taskQueue = surroundings.ids.next();
      const projectionFile = join(folder, `${taskQueue}.db`);
      const { address } = server;
      const open = async () => {
        const strategy = createTemporalStrategy({
          ...{ ...surroundings, address, taskQueue, projectionFile },
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
      return { strategy, restart, dispose: () => strategy.stop() };
    },
  },
  { cases: [...new Set([...basicCases, ...ends])] },
);
