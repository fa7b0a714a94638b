import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createUuidV7Ids, systemClock, type Capabilities } from '../packages/application/src/index.ts';
import { allCases, isMet, properties } from '../packages/conformance/src/index.ts';
import { createEventSourcedStrategy } from '../packages/infra-eventsourced/src/index.ts';
import { createMemoryCqrsStrategy, createMemoryCqsStrategy } from '../packages/infra-inmemory/src/index.ts';
import { createMultiSourceStrategy } from '../packages/infra-multisource/src/index.ts';
import { caseLocator } from './guarantees/locate-cases.ts';
import { makePage } from './guarantees/make-page.ts';
import { columnsOf, type Cell, type Column } from './guarantees/page.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs', 'guarantees.md'), 'utf8');
const howTo = 'docs/guarantees.md is not what the strategies declare: run the tests, then scripts/guarantees.ts';

const tools = { clock: systemClock, ids: createUuidV7Ids(systemClock) };
/** The strategies that run without a server: what they declare is looked at here, that it holds by their own tests. */
const declared: Readonly<Record<string, Capabilities>> = {
  'memory-cqs': createMemoryCqsStrategy(tools).capabilities,
  'memory-cqrs': createMemoryCqrsStrategy(tools).capabilities,
  'event-sourced-memory': createEventSourcedStrategy({ ...tools, store: { kind: 'memory' } }).capabilities,
  'event-sourced-sqlite': createEventSourcedStrategy({
    ...tools,
    store: { kind: 'sqlite', path: 'never-opened.sqlite' },
  }).capabilities,
  'multi-source-embedded': createMultiSourceStrategy({
    ...tools,
    store: { kind: 'sqlite', path: 'never-opened.sqlite' },
  }).capabilities,
};

describe('the page of guarantees', () => {
  it('says what the strategies without servers declare, of every case, at its line', async () => {
    const columns = Object.entries(declared).map(([strategy, capabilities]): Column => {
      const cell = (each: (typeof allCases)[number]): Cell =>
        isMet(each, capabilities) ? 'held' : 'declared-otherwise';
      return { strategy, cells: new Map(allCases.map((each) => [each.name, cell(each)])) };
    });
    expect(page, howTo).toBe(await makePage(root, columns, page));
  });

  it('shows no strategy that no test holds to the kit, and no case that failed', () => {
    const files = execFileSync('git', ['grep', '-l', 'describeConformance(', '--', '*.test.ts'], { cwd: root });
    const tests = files
      .toString('utf8')
      .trim()
      .split('\n')
      .map((file) => readFileSync(join(root, file), 'utf8'));
    const names = tests.flatMap((text) =>
      [...text.matchAll(/describeConformance\(\s*'([^']+)'/g)].map(([, name]) => name),
    );
    for (const { strategy, cells } of columnsOf(page)) {
      expect(names, howTo).toContain(strategy);
      expect([...cells.values()], strategy).not.toContain('failed');
    }
  });
});

describe('the cases of the kit', () => {
  it('have names that are unique, and each is written at one place', () => {
    const locate = caseLocator(root);
    const places = allCases.map(({ name }) => locate(name));
    expect(new Set(allCases.map(({ name }) => name)).size).toBe(allCases.length);
    expect(places.every(({ line }) => line > 0)).toBe(true);
  });

  it('prove every property', () => {
    expect(new Set(allCases.map(({ property }) => property))).toEqual(new Set(Object.keys(properties)));
  });
});
