import { describe, expect, it } from 'vitest';
import { allCases } from '../../all-cases.ts';
import { properties, type Property } from '../../kit/properties.ts';
import { runCase } from '../../kit/run-case.ts';
import { allMutants } from './all-mutants.ts';
import { factoryOf, type Mutant } from './mutant.ts';

/** The properties of which a case fails. */
async function brokenBy(mutant: Partial<Mutant>): Promise<ReadonlySet<Property>> {
  const broken = new Set<Property>();
  for (const each of allCases) {
    await runCase(each, factoryOf(mutant)).catch(() => broken.add(each.property));
  }
  return broken;
}

it('fails nothing of the sound strategy that the mutants are made of', async () => {
  expect([...(await brokenBy({}))]).toEqual([]);
});

it('has a mutant for every property', () => {
  expect(new Set(allMutants.map(({ breaks }) => breaks))).toEqual(new Set(Object.keys(properties)));
});

describe('a mutant', () => {
  it.each(allMutants)('$name: breaks $breaks', { timeout: 30_000 }, async (mutant) => {
    const broken = await brokenBy(mutant);
    const expected = [mutant.breaks, ...(mutant.alsoBreaks ?? [])];
    expect([...broken].sort()).toEqual(expected.sort());
  });
});
