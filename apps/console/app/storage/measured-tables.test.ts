import { expect, it } from 'vitest';
import { formatBytes, measuredTables } from './measured-tables.ts';

const of = (name: string, value: number, labels = {}) => ({ name: `paystrata_${name}`, value, labels });

it('puts what is said of a source, by whatever label, into one row', () => {
  const redis = { source: 'redis' };
  expect(
    measuredTables([
      of('source_calls_total', 1200, redis),
      of('source_calls_total', 3, { source: 'SQL' }),
      of('source_latency_seconds', 0.0012, { ...redis, quantile: 'p95' }),
      of('source_hits_total', 3, redis),
      of('source_misses_total', 1, redis),
      of('sink_lag_events', 7, { sink: 'redis' }),
    ]),
  ).toEqual([
    {
      title: 'Sources',
      columns: ['calls', 'latency p95', 'hits', 'misses', 'lag events', 'hit rate'],
      rows: [
        {
          name: 'redis',
          cells: [
            { column: 'calls', text: '1,200' },
            { column: 'latency p95', text: '1.2 ms' },
            { column: 'hits', text: '3' },
            { column: 'misses', text: '1' },
            { column: 'lag events', text: '7' },
            { column: 'hit rate', text: '75.0 %' },
          ],
        },
        { name: 'SQL', cells: [{ column: 'calls', text: '3' }] },
      ],
    },
  ]);
});

it('adds up what sources did by operation, and shows each operation too', () => {
  const search = { source: 'redis', side: 'read', operation: 'search' };
  const tables = measuredTables([
    of('source_calls_total', 30, search),
    of('source_seconds_total', 0.3, search),
    of('source_average_seconds', 0.01, search),
    of('source_calls_total', 10, { ...search, operation: 'get' }),
    of('source_seconds_total', 0.1, { ...search, operation: 'get' }),
    of('source_hit_rate', 0.5, { source: 'redis' }),
    of('cache_hits_total', 9, { query: 'search' }),
    of('cache_misses_total', 1, { query: 'search' }),
    of('cache_hit_rate', 0.9, { query: 'search' }),
  ]);
  const shown = tables.map(({ title, rows }) => [
    title,
    ...rows.map(({ name, cells }) => `${name}: ${cells.map(({ column, text }) => `${column} ${text}`).join(', ')}`),
  ]);
  expect(shown).toEqual([
    ['Sources', 'redis: calls 40, time 400 ms, hit rate 50.0 %, average 10 ms'],
    [
      'Sources by side and operation',
      'redis read search: calls 30, time 300 ms, average 10 ms',
      'redis read get: calls 10, time 100 ms, average 10 ms',
    ],
    ['Cached queries', 'search: hits 9, misses 1, hit rate 90.0 %'],
  ]);
});

it('has a table a kind, and one for the strategy as a whole', () => {
  const tables = measuredTables([
    of('payments', 10_000),
    of('memory_bytes', 2_500_000, { at: 'peak' }),
    of('projection_lag_p99_seconds', 90, { projection: 'payments' }),
    of('cache_bytes', 0, { level: '1' }),
    of('cache_hits_total', 0, { level: '1' }),
    of('cache_misses_total', 0, { level: '1' }),
  ]);
  expect(tables.map(({ title, rows, columns }) => [title, rows[0]?.name, columns])).toEqual([
    ['', '', ['payments', 'memory peak']],
    ['Projections', 'payments', ['lag p99']],
    ['Caches', 'level 1', ['size', 'hits', 'misses']],
  ]);
  expect(tables[0]?.rows[0]?.cells[1]?.text).toBe('2.5 MB');
});

it('writes bytes in the unit that fits', () => {
  expect([512, 1000, 2_345_678, 3_000_000_000].map(formatBytes)).toEqual(['512 B', '1.0 kB', '2.3 MB', '3.0 GB']);
});
