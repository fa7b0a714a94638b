// The kit as tests of Vitest: a strategy's whole conformance file is a call of this.

import { afterAll, describe, it } from 'vitest';
import { allCases } from './all-cases.ts';
import type { ConformanceCase } from './kit/case.ts';
import { createResults } from './kit/results.ts';
import { runCase } from './kit/run-case.ts';
import type { ConformanceFactory } from './kit/subject.ts';

export interface ConformanceOptions {
  /** Which cases; all where absent. */
  readonly cases?: readonly ConformanceCase[];
  /** For one case, in milliseconds; 20 s where absent. */
  readonly timeoutMs?: number;
}

/**
 * Declares one test a case. What they come to is also written to `node_modules/.cache/paystrata/conformance`, from
 * where the matrix of guarantees is made.
 *
 * @param name of the strategy, as the matrix shows it.
 */
export function describeConformance(name: string, factory: ConformanceFactory, options: ConformanceOptions = {}): void {
  const { cases = allCases, timeoutMs = 20_000 } = options;
  describe(`${name} conforms`, () => {
    const results = createResults(name, cases.length);
    for (const each of cases) {
      it(`${each.property}: ${each.name}`, { timeout: timeoutMs }, () =>
        results.of(each, () => runCase(each, factory)),
      );
    }
    afterAll(() => results.write());
  });
}
