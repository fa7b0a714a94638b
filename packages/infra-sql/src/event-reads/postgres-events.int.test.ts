import { startPostgres, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe } from 'vitest';
import { PostgresReads } from '../reads/database/postgres-reads.ts';
import { declareEventCases } from './testing/event-cases.ts';

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

describe('events in PostgreSQL', () => declareEventCases(() => database, 20));
