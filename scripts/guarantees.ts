// Makes docs/guarantees.md from the results that the last conformance runs left in the cache.
// Usage: node --conditions=@paystrata/source scripts/guarantees.ts

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultsFolder, type StrategyResults } from '../packages/conformance/src/index.ts';
import { makePage } from './guarantees/make-page.ts';
import type { Column } from './guarantees/page.ts';

const root = join(import.meta.dirname, '..');
/** An example, not a strategy that anybody would run. */
const notShown = new Set(['own-strategy']);

const file = join(root, 'docs', 'guarantees.md');
const columns = resultColumns(join(root, resultsFolder));
const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
writeFileSync(file, await makePage(root, columns, before));
console.log(`docs/guarantees.md: anew for ${columns.map(({ strategy }) => strategy).join(', ') || 'none'}`);

function resultColumns(folder: string): readonly Column[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as StrategyResults)
    .filter(({ strategy }) => !notShown.has(strategy))
    .map(({ strategy, cases }) => ({ strategy, cells: new Map(cases.map((each) => [each.name, each.outcome])) }));
}
