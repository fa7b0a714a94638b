import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, createUuidV7Ids, systemClock } from '@paystrata/application';
import { SqliteReads } from '@paystrata/infra-sql';
import { describe } from 'vitest';
import { createEventSourcedStrategy } from './event-sourced.ts';
import { declareReadsCases, type ReadsWorld } from './testing/reads-cases.ts';

async function withFolder(run: (world: ReadsWorld) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-reads-'));
  const keyring = createMemoryKeyring();
  try {
    await run({
      start: async () => {
        const strategy = createEventSourcedStrategy({
          ...{ clock: systemClock, ids: createUuidV7Ids(systemClock), keyring },
          store: { kind: 'sqlite', path: join(folder, 'journal.db'), readsPath: join(folder, 'reads.db') },
        });
        await strategy.start();
        return strategy;
      },
      database: () => ({ database: new SqliteReads({ path: join(folder, 'reads.db') }), schema: '' }),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('reads in SQLite', () => declareReadsCases(withFolder));
