// Keeps what was measured as JSON.

import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import type { ComparisonResult } from './compare.ts';

/** Where the JSON of an area goes; outside of git. */
const folder = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'bench');

/** The kind of machine, so that figures can be read rightly elsewhere. */
export function machine() {
  const [cpu] = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return {
    node: process.version,
    platform: platform(),
    arch: arch(),
    cpu: cpu?.model ?? '',
    cores: cpus().length,
    gibibytes,
  };
}

/** Writes `<area>.json`; the tables were printed as they came. */
export function report(area: string, results: readonly ComparisonResult[]): void {
  mkdirSync(folder, { recursive: true });
  const text = JSON.stringify({ area, date: new Date().toISOString(), machine: machine(), results }, null, 2);
  writeFileSync(join(folder, `${area}.json`), `${text}\n`);
}
