import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { SqliteReads } from './database/sqlite-reads.ts';
import { declareQueryCases } from './testing/query-cases.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-reads-'));
const database = new SqliteReads({ path: join(folder, 'reads.db') });
beforeAll(() => database.open());
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

describe('reads in SQLite', () => declareQueryCases(() => database, 30));
