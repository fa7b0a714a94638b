// The conformance kit on a real development server.

import { basicCases } from '@paystrata/conformance';
import { describeConformance } from '@paystrata/conformance/vitest';
import { startTemporal, type TemporalServer } from '@paystrata/test-servers';
import { afterAll, beforeAll } from 'vitest';
import { createTemporalStrategy } from './strategy/create-temporal-strategy.ts';

let server: TemporalServer;
beforeAll(async () => {
  server = await startTemporal();
});
afterAll(() => server.stop());

describeConformance(
  'temporal',
  {
    scale: 0.1,
    async create({ clock, ids, gateway }) {
      const { address } = server;
      const strategy = createTemporalStrategy({
        clock,
        ids,
        gateway,
        address,
        taskQueue: ids.next(),
        allowVolatile: true,
      });
      await strategy.start();
      return { strategy, dispose: () => strategy.stop() };
    },
  },
  { cases: basicCases },
);
