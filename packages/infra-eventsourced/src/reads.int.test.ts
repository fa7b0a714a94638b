import { createMemoryKeyring, createUuidV7Ids, systemClock } from '@paystrata/application';
import { PostgresReads } from '@paystrata/infra-sql';
import { startPostgres, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe } from 'vitest';
import { createEventSourcedStrategy } from './event-sourced.ts';
import { declareReadsCases, type ReadsWorld } from './testing/reads-cases.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function withDatabase(run: (world: ReadsWorld) => Promise<void>): Promise<void> {
  const url = await server.createDatabase();
  const keyring = createMemoryKeyring();
  await run({
    start: async () => {
      const strategy = createEventSourcedStrategy({
        ...{ clock: systemClock, ids: createUuidV7Ids(systemClock), keyring },
        store: { kind: 'postgres', url, poolSize: 4 },
      });
      await strategy.start();
      return strategy;
    },
    database: () => ({ database: new PostgresReads({ url }), schema: 'paystrata_reads.' }),
  });
}

describe('reads in PostgreSQL', () => declareReadsCases(withDatabase));
