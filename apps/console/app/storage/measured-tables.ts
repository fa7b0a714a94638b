// Measurements of any strategy as tables: one row a source, projection, subscription or cache, one column a figure.

import { formatDuration } from '../format/time.ts';

export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Cell {
  readonly column: string;
  readonly text: string;
}

export interface MeasuredRow {
  readonly name: string;
  readonly cells: readonly Cell[];
}

export interface MeasuredTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly MeasuredRow[];
}

/** Labels that name a row, by the title of their table; every other label belongs to the column. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['source', 'Sources'],
  ['sink', 'Sources'],
  ['projection', 'Projections'],
  ['subscription', 'Subscriptions'],
  ['level', 'Caches'],
  ['partition', 'Partitions'],
]);

/** What carries no such label is one row of the table without a title. */
export function measuredTables(measurements: readonly Measured[]): readonly MeasuredTable[] {
  const titles = new Map<string, Map<string, Measured[]>>();
  for (const each of measurements) {
    const kind = Object.keys(each.labels).find((label) => kinds.has(label));
    const title = kind === undefined ? '' : (kinds.get(kind) ?? '');
    const row = kind === undefined ? '' : rowName(kind, each.labels[kind] ?? '');
    const rows = titles.get(title) ?? new Map<string, Measured[]>();
    titles.set(title, rows.set(row, [...(rows.get(row) ?? []), each]));
  }
  return [...titles].map(([title, rows]) => {
    const shown = [...rows].map(([name, own]) => ({ name, cells: cellsOf(own) }));
    const columns = [...new Set(shown.flatMap(({ cells }) => cells.map(({ column }) => column)))];
    return { title, columns, rows: shown };
  });
}

function rowName(kind: string, value: string): string {
  return kind === 'level' ? `level ${value}` : value;
}

function cellsOf(measurements: readonly Measured[]): readonly Cell[] {
  const cells = measurements.map((each) => ({ column: columnOf(each), text: textOf(each) }));
  return [...cells, ...hitRates(measurements)];
}

/** `paystrata_projection_lag_p99_seconds` of a projection is its `lag p99`. */
function columnOf({ name, labels }: Measured): string {
  const kind = Object.keys(labels).find((label) => kinds.has(label));
  const others = Object.entries(labels).flatMap(([label, value]) => (label === kind ? [] : [value]));
  const words = name.replace(/^paystrata_/, '').replace(/_(total|seconds|bytes|ratio)$/, '');
  const own = kind === undefined ? words : words.replace(new RegExp(`^(${kind}|source|cache)(_|$)`), '');
  return [own === '' ? 'size' : own.replaceAll('_', ' '), ...others].join(' ');
}

function textOf({ name, value }: Measured): string {
  if (name.endsWith('_seconds')) return formatDuration(Number((value * 1000).toPrecision(3)));
  if (name.endsWith('_bytes')) return formatBytes(value);
  if (name.endsWith('_ratio')) return percent(value);
  return Number(value.toFixed(3)).toLocaleString('en');
}

/** Of each pair of hits and misses. */
function hitRates(measurements: readonly Measured[]): readonly Cell[] {
  return measurements.flatMap(({ name, value }) => {
    const hits = /^(.*)hits(_total)?$/.exec(name);
    const misses = hits && measurements.find((other) => other.name === `${hits[1] ?? ''}misses${hits[2] ?? ''}`);
    if (!misses || value + misses.value === 0) return [];
    const before = (hits[1] ?? '').replace(/^paystrata_/, '').replace(/^(source_|cache_)/, '');
    return [{ column: `${before.replaceAll('_', ' ')}hit rate`, text: percent(value / (value + misses.value)) }];
  });
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

export function formatBytes(bytes: number): string {
  const units = ['GB', 'MB', 'kB'] as const;
  const at = units.findIndex((_, place) => bytes >= 1000 ** (units.length - place));
  return at === -1 ? `${bytes} B` : `${(bytes / 1000 ** (units.length - at)).toFixed(1)} ${units[at] ?? ''}`;
}
