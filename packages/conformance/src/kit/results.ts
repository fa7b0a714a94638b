// What a run of the kit came to, kept as JSON for the matrix of guarantees.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Capabilities } from '@paystrata/application';
import type { ConformanceCase } from './case.ts';
import type { Property } from './properties.ts';
import type { CaseOutcome, CaseRun } from './run-case.ts';

/** Where the results of all strategies lie, from the folder that the tests run in. */
export const resultsFolder: string = join('node_modules', '.cache', 'paystrata', 'conformance');

export interface CaseResult {
  readonly name: string;
  readonly property: Property;
  readonly outcome: CaseOutcome | 'failed';
}

/** The contents of one file of results. */
export interface StrategyResults {
  readonly strategy: string;
  readonly capabilities: Capabilities | null;
  readonly cases: readonly CaseResult[];
}

export interface Results {
  /** Runs a case and remembers what it came to; what it throws is thrown on. */
  of(each: ConformanceCase, run: () => Promise<CaseRun>): Promise<void>;
  /** Writes the file of this strategy anew, unless only some of the cases were run. */
  write(): void;
}

export function createResults(strategy: string, expected: number, folder: string = resultsFolder): Results {
  const cases: CaseResult[] = [];
  let capabilities: Capabilities | null = null;
  return {
    async of({ name, property }, run) {
      let outcome: CaseResult['outcome'] = 'failed';
      try {
        const done = await run();
        outcome = done.outcome;
        capabilities = done.capabilities;
      } finally {
        cases.push({ name, property, outcome });
      }
    },
    write() {
      if (cases.length < expected) return;
      const results: StrategyResults = { strategy, capabilities, cases };
      const file = join(folder, `${strategy.replaceAll(/[^a-z0-9]+/gi, '-')}.json`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(results, null, 2)}\n`);
      renameSync(`${file}.${process.pid}`, file);
    },
  };
}
