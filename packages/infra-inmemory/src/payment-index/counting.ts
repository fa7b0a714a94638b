// How many payments a filter means, where that can be told without looking at each of them.

import type { Partition } from './partition.ts';
import type { Plan } from './plan.ts';
import { rowsInRange } from './matching.ts';
import type { RunRange } from './ranges.ts';
import { commonBits, countBits } from './row-sets.ts';

/** Exact; null where the payments have to be looked at. */
export function countWithoutLooking(partition: Partition, plan: Plan): number | null {
  const { filter, ranges, rows, sets, isPlain } = plan;
  const [range, ...more] = ranges;
  if (range === undefined) {
    if (isPlain) return partition.count(filter.statusMask, filter.currencies);
    if (rows !== null || filter.looksAtTexts || sets.groups.length === 0) return null;
    return countBits(commonBits(sets, partition.columns.rows));
  }
  if (!isPlain || more.length > 0) return null;
  // Of few rows, most are in runs that are not whole: to gather them at once is cheaper.
  if (filter.currencies !== null && range.count <= partition.limits.gather) return null;
  return countInRange(partition, plan, range);
}

/** Whole runs by what is known of them, the two at the ends by their rows. */
function countInRange(partition: Partition, { filter }: Plan, range: RunRange): number {
  const { runs, ledger } = partition.runs[range.key];
  let [turn, count] = [range.start.turn, 0];
  for (const rows of rowsInRange(partition, range)) {
    if (rows.length === runs.sizeAt(turn))
      count += ledger.count(runs.runAt(turn), filter.statusMask, filter.currencies);
    else for (let at = 0; at < rows.length; at += 1) count += Number(filter.test(rows[at] ?? 0));
    turn += 1;
  }
  return count;
}
