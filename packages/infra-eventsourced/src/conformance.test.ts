// The conformance kit on the event-sourced strategy, in memory and in a SQLite file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConformanceFactory } from '@paystrata/conformance';
import { describeDifferential } from '@paystrata/conformance/differential';
import { describeConformance } from '@paystrata/conformance/vitest';
import { createEventSourcedStrategy } from './event-sourced.ts';

const memory: ConformanceFactory = {
  async create({ clock, ids }) {
    const strategy = createEventSourcedStrategy({ clock, ids, store: { kind: 'memory' } });
    await strategy.start();
    return { strategy, dispose: () => strategy.stop() };
  },
};

const sqlite: ConformanceFactory = {
  async create({ clock, ids }) {
    const folder = mkdtempSync(join(tmpdir(), 'paystrata-conformance-'));
    const start = async () => {
      const path = join(folder, 'journal.db');
      const keyringPath = join(folder, 'keyring.db');
      const strategy = createEventSourcedStrategy({ clock, ids, store: { kind: 'sqlite', path }, keyringPath });
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

describeConformance('event-sourced-memory', memory);
describeConformance('event-sourced-sqlite', sqlite);
describeDifferential('event-sourced-memory', memory);
describeDifferential('event-sourced-sqlite', sqlite, { runs: 6 });
