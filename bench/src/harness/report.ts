// Prints what was measured as a table, and keeps it as JSON.

import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import type { ComparisonResult, Spread } from './compare.ts';

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

/** Prints all tables of an area and writes `<area>.json`. */
export function report(area: string, results: readonly ComparisonResult[]): void {
  for (const result of results) console.log(tableOf(result));
  mkdirSync(folder, { recursive: true });
  const text = JSON.stringify({ area, date: new Date().toISOString(), machine: machine(), results }, null, 2);
  writeFileSync(join(folder, `${area}.json`), `${text}\n`);
}

/** Markdown; the ratio says how many times as fast as that contender ours is. */
function tableOf({ title, unit, rounds, rows }: ComparisonResult): string {
  const lines = rows.map(({ name, rate, ratio }) => {
    const [rateText, ratioText] = [show(rate, whole), show(ratio, twoDigits)];
    return `| ${name} | ${rateText} | ${ratioText} |`;
  });
  const head = [`| ${title} | ${unit}/s: median (min–max of ${rounds}) | ours ÷ this |`, '| --- | ---: | ---: |'];
  return ['', ...head, ...lines].join('\n');
}

function show({ min, median, max }: Spread, format: (value: number) => string): string {
  return `${format(median)} (${format(min)}–${format(max)})`;
}

const whole = (value: number) => Math.round(value).toLocaleString('en-US');
const twoDigits = (value: number) => value.toFixed(2);
