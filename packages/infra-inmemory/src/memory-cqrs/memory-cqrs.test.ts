// memory-cqrs through the kit, and beside the reference model.

import { createUuidV7Ids, systemClock } from '@paystrata/application';
import type { ConformanceFactory } from '@paystrata/conformance';
import { describeDifferential } from '@paystrata/conformance/differential';
import { describeConformance } from '@paystrata/conformance/vitest';
import { expect, it } from 'vitest';
import { createMemoryCqrsStrategy } from './memory-cqrs.ts';

const factory: ConformanceFactory = {
  async create({ clock, ids }) {
    const strategy = createMemoryCqrsStrategy({ clock, ids });
    await strategy.start();
    return { strategy, dispose: () => strategy.stop() };
  },
};

describeConformance('memory-cqrs', factory);
describeDifferential('memory-cqrs', factory, { runs: 25 });

it('refuses options that make no sense', () => {
  const dependencies = { clock: systemClock, ids: createUuidV7Ids(systemClock) };
  expect(() => createMemoryCqrsStrategy({ ...dependencies, bulkSize: 0 })).toThrow('bulkSize');
});
