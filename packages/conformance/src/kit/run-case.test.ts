import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { basicCases } from '../basic-cases.ts';
import type { ConformanceCase } from './case.ts';
import { createResults } from './results.ts';
import { runCase } from './run-case.ts';
import { createOwnStore, emptyData } from '../example/own-strategy.ts';
import { factoryOf } from '../testing/mutants/mutant.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-results-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = `
  import { basicCases, runCase } from '@paystrata/conformance';
  import { createOwnStrategy, emptyData } from './src/example/own-strategy.ts';
  for (const each of basicCases) {
    await runCase(each, {
      async create({ clock, ids }) {
        const strategy = createOwnStrategy(emptyData(ids.next()), { clock, ids });
        await strategy.start();
        return { strategy, dispose: () => strategy.stop() };
      },
    });
  }
  console.log(basicCases.length, 'held');`;

it('runs the cases without a test framework', () => {
  const args = ['--conditions=@paystrata/source', '--input-type=module', '--eval', program];
  const options = { cwd: join(import.meta.dirname, '..', '..'), encoding: 'utf8' } as const;
  expect(execFileSync(process.execPath, args, options)).toBe(`${basicCases.length} held\n`);
});

it('begins with twenty cases', () => {
  expect(basicCases).toHaveLength(20);
});

it('runs what proves the declaration where the need is not met, and disposes in any case', async () => {
  const ran: string[] = [];
  const conditional = (durable: boolean, fails = false): ConformanceCase => ({
    name: 'x',
    property: 'restart',
    needs: { durable },
    run: async () => {
      ran.push('run');
      if (fails) throw new Error('it does not hold');
    },
    otherwise: async () => void ran.push('otherwise'),
  });
  const factory = factoryOf({ whole: () => ({ stop: async () => void ran.push('stopped') }) });
  expect((await runCase(conditional(true), factory)).outcome).toBe('held');
  expect((await runCase(conditional(false), factory)).outcome).toBe('declared-otherwise');
  await expect(runCase(conditional(true, true), factory)).rejects.toThrow('it does not hold');
  expect(ran).toEqual(['run', 'stopped', 'otherwise', 'stopped', 'run', 'stopped']);
});

it('keeps what a whole run came to, and nothing of a part of it', async () => {
  const { capabilities } = createOwnStore(emptyData('a-life'), true);
  const [one, two] = basicCases;
  if (one === undefined || two === undefined) throw new Error('two cases are expected');
  const results = createResults('my strategy', 2, folder);
  await results.of(one, async () => ({ outcome: 'held', capabilities }));
  results.write();
  expect(readdirSync(folder)).toEqual([]);
  await expect(results.of(two, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  results.write();
  expect(JSON.parse(readFileSync(join(folder, 'my-strategy.json'), 'utf8'))).toEqual({
    strategy: 'my strategy',
    capabilities,
    cases: [
      { name: one.name, property: one.property, outcome: 'held' },
      { name: two.name, property: two.property, outcome: 'failed' },
    ],
  });
});
