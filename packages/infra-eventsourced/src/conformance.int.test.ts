// The conformance kit on the event-sourced strategy in PostgreSQL.
import { createMemoryKeyring } from '@paystrata/application';
import type { ConformanceFactory } from '@paystrata/conformance';
import { describeDifferential } from '@paystrata/conformance/differential';
import { describeConformance } from '@paystrata/conformance/vitest';
import { startPostgres, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, beforeAll } from 'vitest';
import { createEventSourcedStrategy } from './event-sourced.ts';

let server: PostgresServer;
let url: string;
const keyring = createMemoryKeyring();

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
});

afterAll(() => server.stop());

const postgres: ConformanceFactory = {
  async create({ clock, ids }) {
    const start = async () => {
      const strategy = createEventSourcedStrategy({
        clock,
        ids,
        keyring,
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

describeConformance('event-sourced-postgres', postgres);
describeDifferential('event-sourced-postgres', postgres, { runs: 10 });
