import { describe, expect, it } from 'vitest';
import { describeDifferential } from '../differential.ts';
import { allMutants } from '../testing/mutants/all-mutants.ts';
import { factoryOf } from '../testing/mutants/mutant.ts';
import { runDifferential } from './run-differential.ts';

describeDifferential('a sound strategy that is durable', factoryOf({}), { runs: 20 });

/** Mutants that break what the runs do or ask, each with a short run that shows it. */
const noticed = [
  'accepts a cancellation without cancelling',
  'adds up in floating point numbers',
  'forgets a command id after the next change',
  'ignores the version that the caller has seen',
  'is durable by declaration only',
  'leaves a trace of a refused command',
  'lets one bad order take the bulk down',
  'lets refunds add up to more than was captured',
  'looks for the first word of a text only',
  'puts suggestions in the order of the alphabet',
  'skips a payment between two pages',
  'tells the losers of a race that they won',
];

describe('a run beside the reference model', () => {
  it.each(noticed)('notices a mutant that %s, and shrinks to few steps', { timeout: 30_000 }, async (name) => {
    const mutant = allMutants.find((each) => each.name === name);
    expect(mutant).toBeDefined();
    const message = await runDifferential(factoryOf(mutant ?? {}), { runs: 60, seed: 1 }).then(
      () => 'nothing was noticed',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    expect(message).toMatch(/Property failed after \d+ tests\n\{ seed: 1, /);
    const [, shortest = ''] = /Counterexample: (.*) \/\*replayPath/.exec(message) ?? [];
    const steps: unknown = JSON.parse(`${shortest}]`);
    expect(steps, shortest).toSatisfy((each) => Array.isArray(each) && each.length > 0 && each.length <= 4);
  });
});
