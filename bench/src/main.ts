// `npm run bench [-- AREA …]`: measures the named areas, or all, and prints a table for each; `rivals` compares no speed
// but shows the cases of `docs/failure-catalogue.md`.

import { reportRivals } from '../rivals/report-rivals.ts';
import { benchArchive } from './areas/archive.ts';
import { benchBus } from './areas/bus.ts';
import { benchCommand } from './areas/command.ts';
import { benchCqrs } from './areas/cqrs.ts';
import { benchHttp } from './areas/http.ts';
import { benchEventStore } from './areas/event-store.ts';
import { benchImport } from './areas/import.ts';
import { benchJournal } from './areas/journal.ts';
import { benchMemory } from './areas/memory.ts';
import { benchMultiSource } from './areas/multi-source.ts';
import { benchReads } from './areas/reads.ts';
import { benchReadsGrowth } from './areas/reads-growth.ts';
import { benchSearch } from './areas/search.ts';
import { benchTemporal } from './areas/temporal.ts';
import type { ComparisonResult } from './harness/compare.ts';
import { machine, report } from './harness/report.ts';

const areas: ReadonlyMap<string, () => Promise<readonly ComparisonResult[]>> = new Map([
  ['archive', benchArchive],
  ['bus', benchBus],
  ['command', benchCommand],
  ['cqrs', benchCqrs],
  ['http', benchHttp],
  ['journal', benchJournal],
  ['event-store', benchEventStore],
  ['import', benchImport],
  ['memory', benchMemory],
  ['multi-source', benchMultiSource],
  ['reads', benchReads],
  ['reads-growth', benchReadsGrowth],
  ['search', benchSearch],
  ['temporal', benchTemporal],
]);

const asked = process.argv.slice(2);
const names = [...areas.keys(), 'rivals'];
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`no such area: ${unknown.join(', ')}; there is: ${names.join(', ')}`);
  process.exit(2);
}

console.log(`Median of at least 5 rounds, interleaved. ${JSON.stringify(machine())}`);
for (const [name, bench] of areas) {
  if (asked.length === 0 || asked.includes(name)) report(name, await bench());
}
if (asked.length === 0 || asked.includes('rivals')) await reportRivals();
