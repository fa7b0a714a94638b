// The sandbox's ledger in a file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe } from 'vitest';
import { ledgerCases } from '../testing/ledger-cases.ts';
import { createSqliteLedger } from './sqlite-ledger.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-ledger-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('in SQLite', () => ledgerCases(() => createSqliteLedger(join(folder, 'ledger.db'))));
