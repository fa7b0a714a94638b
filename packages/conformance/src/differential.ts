// The differential test as a test of Vitest: random commands, and the same answers as a plain reference model gives.

import { describe, it } from 'vitest';
import { runDifferential, type DifferentialOptions } from './differential/run-differential.ts';
import type { ConformanceFactory } from './kit/subject.ts';

export { runDifferential, type DifferentialOptions } from './differential/run-differential.ts';

export interface DifferentialTestOptions extends DifferentialOptions {
  /** For all runs together, shrinking included, in milliseconds; 60 s where absent. */
  readonly timeoutMs?: number;
}

/** Declares one test, named with its seed: `PAYSTRATA_SEED`, `options.seed`, or one of chance. */
export function describeDifferential(
  name: string,
  factory: ConformanceFactory,
  options: DifferentialTestOptions = {},
): void {
  const seed = seedOf(options);
  describe(`${name} beside the reference model`, () => {
    it(`says the same after every step (seed ${seed})`, { timeout: options.timeoutMs ?? 60_000 }, () =>
      runDifferential(factory, { ...options, seed }),
    );
  });
}

function seedOf({ seed }: DifferentialOptions): number {
  const given = Number(process.env['PAYSTRATA_SEED'] ?? seed);
  return Number.isSafeInteger(given) ? given : Math.floor(Math.random() * 2 ** 31);
}
