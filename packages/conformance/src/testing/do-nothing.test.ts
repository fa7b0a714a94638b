import type { Capabilities } from '@paystrata/application';
import { describe, expect, it } from 'vitest';
import { allCases } from '../all-cases.ts';
import { runCase } from '../kit/run-case.ts';
import type { ConformanceFactory } from '../kit/subject.ts';
import { createDoNothingStrategy } from './do-nothing.ts';

const declarations: readonly Capabilities[] = [
  { durable: false, reads: 'immediate', globalOrder: 'commit', effects: 'runner' },
  { durable: true, reads: 'eventual', globalOrder: 'projection', effects: 'strategy' },
];

describe.each(declarations)('a strategy that does nothing and declares $reads reads', (capabilities) => {
  const factory: ConformanceFactory = {
    create: async () => ({ strategy: createDoNothingStrategy(capabilities), dispose: async () => undefined }),
    scale: 0,
    patienceMs: 20,
  };

  it.each(allCases)('fails: $name', async (each) => {
    await expect(runCase(each, factory)).rejects.toThrow();
  });
});
