// Going through the sort order for one page: for filters that many payments pass.

import type { SortKey } from '@paystrata/application';
import type { Partition } from './partition.ts';
import type { Plan } from './plan.ts';
import type { RunRange } from './ranges.ts';

export interface Walk {
  readonly range: RunRange & { readonly key: SortKey };
  readonly descending: boolean;
  /** Matches to leave out before the page. */
  readonly skip: number;
  readonly count: number;
  /** Rows to look at before giving up. */
  readonly budget: number;
}

export interface Walked {
  readonly rows: readonly number[];
  readonly visited: number;
}

/** The page in its order; null where the budget was not enough. */
export function walk(partition: Partition, { filter, isPlain, ranges }: Plan, order: Walk): Walked | null {
  const { range, descending, count, budget } = order;
  const { runs, ledger } = partition.runs[range.key];
  const isCounted = isPlain && ranges.every(({ key }) => key === range.key);
  const found: number[] = [];
  let [skip, visited] = [order.skip, 0];
  const lastTurn = Math.min(range.end.turn, runs.turns - 1);
  const [first, step] = descending ? [lastTurn, -1] : [range.start.turn, 1];
  for (let turn = first; turn >= range.start.turn && turn <= lastTurn; turn += step) {
    const rows = runs.itemsAt(turn);
    const from = turn === range.start.turn ? range.start.offset : 0;
    const to = turn === range.end.turn ? range.end.offset : runs.sizeAt(turn);
    if (to - from === runs.sizeAt(turn)) {
      const matching = ledger.count(runs.runAt(turn), filter.statusMask, filter.currencies);
      if (matching === 0) continue;
      if (isCounted && matching <= skip) {
        skip -= matching;
        continue;
      }
    }
    for (let at = descending ? to - 1 : from; at >= from && at < to; at += step) {
      visited += 1;
      const row = rows[at] ?? 0;
      if (!filter.test(row)) continue;
      if (skip > 0) skip -= 1;
      else if (found.push(row) === count) return { rows: found, visited };
    }
    if (visited > budget) return null;
  }
  return { rows: found, visited };
}
