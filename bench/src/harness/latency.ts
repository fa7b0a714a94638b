// How long single calls take: for promises about the slowest of a hundred, which rates do not show.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine } from './report.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'bench');

/** In milliseconds. */
export interface LatencyRow {
  readonly name: string;
  readonly calls: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Times each call by itself, one after the other; what goes before is not counted. */
export function measureLatency(name: string, calls: readonly (() => unknown)[], warmUps: number): LatencyRow {
  for (const call of calls.slice(0, warmUps)) call();
  const times = calls.map((call) => {
    const begun = performance.now();
    call();
    return performance.now() - begun;
  });
  return latencyOf(name, times);
}

export function latencyOf(name: string, milliseconds: readonly number[]): LatencyRow {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { name, calls: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** Prints a table and writes `<area>-latency.json`. */
export function reportLatencies(area: string, title: string, rows: readonly LatencyRow[]): void {
  const lines = rows.map(({ name, calls, p50, p99, max }) => {
    return `| ${name} | ${calls} | ${p50.toFixed(3)} | ${p99.toFixed(3)} | ${max.toFixed(3)} |`;
  });
  console.log(
    ['', `| ${title} | calls | p50 ms | p99 ms | max ms |`, '| --- | ---: | ---: | ---: | ---: |', ...lines].join('\n'),
  );
  mkdirSync(folder, { recursive: true });
  const text = JSON.stringify({ area, title, date: new Date().toISOString(), machine: machine(), rows }, null, 2);
  writeFileSync(join(folder, `${area}-latency.json`), `${text}\n`);
}
