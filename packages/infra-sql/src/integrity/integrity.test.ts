// Archive and integrity in SQLite.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createMemoryKeyring, type PaymentStore } from '@paystrata/application';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { createSqliteStore } from '../sqlite/sqlite-store.ts';
import { archiveCases } from '../testing/archive-cases.ts';
import { integrityCases } from '../testing/integrity-cases.ts';
import type { IntegrityWorld } from '../testing/integrity-world.ts';

let folder: string;
const opened: PaymentStore[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paystrata-integrity-'));
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.stop();
  rmSync(folder, { recursive: true });
});

function worldAt(path: string, keyring = createMemoryKeyring()): IntegrityWorld {
  const run = (sql: string, values: readonly (string | number | Uint8Array)[]) => {
    const database = new DatabaseSync(path);
    const text = sql.replaceAll('paystrata.', '').replaceAll('$', '?').replace('overriding system value', '');
    const rows = database.prepare(text).all(...values);
    database.close();
    return rows;
  };
  return {
    open: async (ring = keyring) => {
      const store = createSqliteStore({ path, keyring: ring });
      await store.start();
      opened.push(store);
      return store;
    },
    tamper: async (sql, ...values) => void run(sql, values),
    look: async (sql) => run(sql, []),
    copy: async () => {
      copyFileSync(path, `${path}-copy`);
      return worldAt(`${path}-copy`, keyring);
    },
  };
}

describe.each([...integrityCases, ...archiveCases])('on SQLite', ({ name, run }) => {
  it(name, () => run(worldAt(join(folder, 'journal.db'))));
});
