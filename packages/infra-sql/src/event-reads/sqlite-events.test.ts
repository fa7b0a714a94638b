import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { SqliteReads } from '../reads/database/sqlite-reads.ts';
import { declareEventCases } from './testing/event-cases.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-events-'));
const database = new SqliteReads({ path: join(folder, 'reads.db') });
beforeAll(() => database.open());
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

describe('events in SQLite', () => declareEventCases(() => database, 30));
