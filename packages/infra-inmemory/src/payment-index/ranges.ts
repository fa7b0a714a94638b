// What ranges of a filter mean in the runs: from one place to another, and how many rows are between them.

import type { PaymentFilter, TimeRange } from '@paystrata/application';
import { isAbove, isBelow, type RunKey } from './orders.ts';
import type { Partition, RowRuns } from './partition.ts';
import { isOpen } from './row-filter.ts';
import type { Place } from './run-observer.ts';

/** From `start`, up to but without `end`. */
export interface RunRange {
  readonly key: RunKey;
  readonly start: Place;
  readonly end: Place;
  readonly count: number;
}

/** One for each key that the filter restricts. */
export function rangesOf(partition: Partition, filter: PaymentFilter): readonly RunRange[] {
  const ranges: RunRange[] = [];
  if (!isOpen(filter.created)) ranges.push(timeRange(partition, 'created', filter.created));
  if (!isOpen(filter.updated)) ranges.push(timeRange(partition, 'updated', filter.updated));
  if (!isOpen(filter.processed)) ranges.push(timeRange(partition, 'processed', filter.processed));
  const { minAmount, maxAmount } = filter;
  if (minAmount !== null || maxAmount !== null) ranges.push(amountRange(partition, minAmount, maxAmount));
  return ranges;
}

/** The rows whose instant is in the range. */
export function timeRange(
  { runs, columns }: Partition,
  key: 'created' | 'updated' | 'processed',
  { from, to }: TimeRange,
): RunRange {
  const sorted = runs[key].runs;
  const start = from === null ? sorted.start : sorted.seek((row) => (columns[key][row] ?? 0) < from);
  const end = to === null ? sorted.end : sorted.seek((row) => (columns[key][row] ?? 0) < to);
  return between(runs[key], start, end);
}

/** All rows of the runs. */
export function wholeRange(rowRuns: RowRuns): RunRange {
  return between(rowRuns, rowRuns.runs.start, rowRuns.runs.end);
}

/** The rows between two places; none where they are in the wrong order. */
export function between({ key, runs }: RowRuns, start: Place, end: Place): RunRange {
  return { key, start, end, count: Math.max(0, runs.rank(end) - runs.rank(start)) };
}

function amountRange({ runs, columns }: Partition, min: bigint | null, max: bigint | null): RunRange {
  const { runs: sorted } = runs.amount;
  const lowest = Number(min);
  const highest = Number(max);
  const start = min === null ? sorted.start : sorted.seek((row) => isBelow(columns, row, lowest, min));
  const end = max === null ? sorted.end : sorted.seek((row) => !isAbove(columns, row, highest, max));
  return between(runs.amount, start, end);
}
