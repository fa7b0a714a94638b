import { startPostgres, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe } from 'vitest';
import { PostgresReads } from './database/postgres-reads.ts';
import { declareQueryCases } from './testing/query-cases.ts';

let server: PostgresServer;
let database: PostgresReads;
beforeAll(async () => {
  server = await startPostgres();
  database = new PostgresReads({ url: await server.createDatabase() });
  await database.open();
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

describe('reads in PostgreSQL', () => declareQueryCases(() => database, 20));
