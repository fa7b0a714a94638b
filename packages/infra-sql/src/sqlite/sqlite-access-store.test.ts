// API keys and idempotency keys in a file, shared by processes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe } from 'vitest';
import { accessCases } from '../testing/access-cases.ts';
import { createSqliteAccessStore } from './sqlite-access-store.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-access-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('in SQLite', () => accessCases(() => createSqliteAccessStore(join(folder, 'access.db'))));
