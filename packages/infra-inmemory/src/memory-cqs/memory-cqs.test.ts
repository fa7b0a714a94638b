import { createUuidV7Ids, systemClock } from '@paystrata/application';
import type { ConformanceFactory } from '@paystrata/conformance';
import { describeDifferential } from '@paystrata/conformance/differential';
import { describeConformance } from '@paystrata/conformance/vitest';
import { describe, expect, it } from 'vitest';
import { createMemoryCqsStrategy } from './memory-cqs.ts';

const factory: ConformanceFactory = {
  async create({ clock, ids }) {
    const strategy = createMemoryCqsStrategy({ clock, ids });
    await strategy.start();
    return { strategy, dispose: () => strategy.stop() };
  },
};

describeConformance('memory-cqs', factory);
describeDifferential('memory-cqs', factory);

describe('memory-cqs', () => {
  it('refuses options that make no sense', () => {
    const dependencies = { clock: systemClock, ids: createUuidV7Ids(systemClock) };
    expect(() => createMemoryCqsStrategy({ ...dependencies, maxPayments: 0 })).toThrow('maxPayments');
  });
});
