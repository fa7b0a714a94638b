// The conformance kit on multi-source with nothing installed: SQLite, an index in memory, and a folder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConformanceFactory } from '@paystrata/conformance';
import { describeDifferential } from '@paystrata/conformance/differential';
import { describeConformance } from '@paystrata/conformance/vitest';
import { createMultiSourceStrategy } from './multi-source.ts';

const embedded: ConformanceFactory = {
  async create({ clock, ids }) {
    const folder = mkdtempSync(join(tmpdir(), 'paystrata-conformance-'));
    const start = async () => {
      const strategy = createMultiSourceStrategy({
        ...{ clock, ids, keyringPath: join(folder, 'keyring.db'), filesDir: join(folder, 'files') },
        store: { kind: 'sqlite', path: join(folder, 'journal.db') },
      });
      await strategy.start();
      return strategy;
    };
    let strategy = await start();
    return {
      strategy,
      // The other one has not closed the file yet, as if it had been killed.
      restart: async () => {
        const before = strategy;
        strategy = await start();
        await before.stop();
        return strategy;
      },
      dispose: async () => {
        await strategy.stop();
        rmSync(folder, { recursive: true });
      },
    };
  },
  scale: 0.2,
};

describeConformance('multi-source-embedded', embedded);
describeDifferential('multi-source-embedded', embedded, { runs: 6 });
