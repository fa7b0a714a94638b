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

/** Labels that name a row, by the title of their table. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['source', 'Sources'],
  ['sink', 'Sources'],
  ['projection', 'Projections'],
  ['subscription', 'Subscriptions'],
  ['level', 'Caches'],
  ['query', 'Cached queries'],
  ['partition', 'Partitions'],
]);

/** A measurement with the row and the column that it belongs to. */
interface Placed {
  readonly title: string;
  readonly row: string;
  readonly column: string;
  readonly measured: Measured;
}

/** What carries no label of a row is one row of the table without a title. */
export function measuredTables(measurements: readonly Measured[]): readonly MeasuredTable[] {
  const titles = Map.groupBy(summed(measurements.flatMap(placesOf)), ({ title }) => title);
  return [...titles].map(([title, placed]) => {
    const rows = [...Map.groupBy(placed, ({ row }) => row)].map(([name, own]) => ({ name, cells: cellsOf(own) }));
    const columns = [...new Set(rows.flatMap(({ cells }) => cells.map(({ column }) => column)))];
    return { title, columns, rows };
  });
}

/** What tells more than its row, such as the operation, is a row of its own; what can be added up is in both. */
function placesOf(measured: Measured): readonly Placed[] {
  const { labels, name } = measured;
  const kind = Object.keys(labels).find((label) => kinds.has(label));
  const { quantile = '', ...others } = labels;
  if (kind === undefined) {
    const column = [columnOf(name, null), ...Object.values(others), quantile].join(' ').trim();
    return [{ title: '', row: '', column, measured }];
  }
  const { [kind]: value = '', ...details } = others;
  const row = kind === 'level' ? `level ${value}` : value;
  const column = `${columnOf(name, kind)} ${quantile}`.trim();
  const title = kinds.get(kind) ?? '';
  const more = Object.keys(details);
  if (more.length === 0) return [{ title, row, column, measured }];
  const detail = {
    ...{ title: `${title} by ${more.join(' and ')}`, row: [row, ...Object.values(details)].join(' ') },
    ...{ column, measured },
  };
  return name.endsWith('_total') ? [{ title, row, column, measured }, detail] : [detail];
}

/** What is at the same place is added up. */
function summed(all: readonly Placed[]): readonly Placed[] {
  const places = Map.groupBy(all, ({ title, row, column }) => JSON.stringify([title, row, column]));
  return [...places.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const value = same.reduce((sum, { measured }) => sum + measured.value, 0);
    return [{ ...first, measured: { ...first.measured, value } }];
  });
}

function cellsOf(placed: readonly Placed[]): readonly Cell[] {
  const cells = placed.map(({ column, measured }) => ({ column, text: textOf(measured) }));
  const measurements = placed.map(({ measured }) => measured);
  return [...cells, ...averages(measurements), ...hitRates(measurements)].filter(
    ({ column }, place, every) => every.findIndex((other) => other.column === column) === place,
  );
}

/** `paystrata_projection_lag_p99_seconds` of a projection is its `lag p99`. */
function columnOf(name: string, kind: string | null): string {
  const unit = /_(seconds|bytes|ratio)$/;
  const whole = name.replace(/^paystrata_/, '').replace(/_total$/, '');
  const words = whole.replace(unit, '');
  const own = kind === null ? words : words.replace(new RegExp(`^(${kind}|source|cache)(_|$)`), '');
  if (own !== '') return own.replaceAll('_', ' ');
  return whole.endsWith('_bytes') ? 'size' : 'time';
}

function textOf({ name, value }: Measured): string {
  const whole = name.replace(/_total$/, '');
  if (whole.endsWith('_seconds')) return formatDuration(Number((value * 1000).toPrecision(3)));
  if (whole.endsWith('_bytes')) return formatBytes(value);
  if (/_(ratio|rate)$/.test(whole)) return percent(value);
  return Number(value.toFixed(3)).toLocaleString('en');
}

/** Of each pair of calls and the time that they took. */
function averages(measurements: readonly Measured[]): readonly Cell[] {
  return measurements.flatMap(({ name, value: calls }) => {
    const time = measurements.find((other) => other.name === name.replace(/calls_total$/, 'seconds_total'));
    if (!name.endsWith('calls_total') || time === undefined || calls === 0) return [];
    return [{ column: 'average', text: formatDuration(Number(((time.value / calls) * 1000).toPrecision(3))) }];
  });
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
