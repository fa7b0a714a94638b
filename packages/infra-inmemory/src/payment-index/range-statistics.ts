// Statistics of a range of time: sums of whole runs, and the rows of the two at its ends. Exact, whatever the range.

import { isCounted, type PaymentStatistics, type Statistics } from '@paystrata/application';
import { CREATED_TOTAL, PROCESSED_TOTAL, type Partition } from './partition.ts';
import { timeRange, type RunRange } from './ranges.ts';
import { isOpen } from './row-filter.ts';
import { SumTable } from './sum-table.ts';

/** @returns the same as `statisticsOf` over all documents. */
export function statisticsOfPartition(partition: Partition, { range, of }: PaymentStatistics): Statistics {
  const { totals, columns, bigRows } = partition;
  const total = of === 'created' ? CREATED_TOTAL : PROCESSED_TOTAL;
  const sums = totals.noSums();
  if (isOpen(range)) totals.addTo(sums, total, 1);
  else addRange(partition, timeRange(partition, of, range), total, sums);
  const big = [...bigRows]
    .map((row) => columns.payment(row))
    .filter((payment) => {
      const instant = of === 'created' ? payment.createdAt : payment.processedAt;
      if (instant === null || !isCounted(payment)) return false;
      return (range.from === null || instant >= range.from) && (range.to === null || instant < range.to);
    });
  return totals.read(sums, big);
}

/** Sums up what is inside or, where that is less work, takes what is outside from the total. */
function addRange(partition: Partition, range: RunRange, total: number, sums: Float64Array): void {
  const { runs, ledger } = partition.runs[range.key];
  if (range.count === 0 || ledger.sums === null) return;
  const { start, end } = range;
  const fromOutside = (end.turn - start.turn) * 2 > runs.turns;
  const edges = new SumTable(partition.columns);
  const edge = (turn: number, from: number, to: number, by: 1 | -1) => {
    const rows = runs.itemsAt(turn);
    for (let at = from; at < to; at += 1) edges.shift(0, rows[at] ?? 0, by);
  };
  const whole = (first: number, last: number, by: 1 | -1) => {
    for (let turn = first; turn < last; turn += 1) ledger.sums?.addTo(sums, runs.runAt(turn), by);
  };
  if (fromOutside) {
    partition.totals.addTo(sums, total, 1);
    whole(0, start.turn, -1);
    edge(start.turn, 0, start.offset, -1);
    edge(end.turn, end.offset, runs.sizeAt(end.turn), -1);
    whole(end.turn + 1, runs.turns, -1);
  } else if (start.turn === end.turn) edge(start.turn, start.offset, end.offset, 1);
  else {
    edge(start.turn, start.offset, runs.sizeAt(start.turn), 1);
    whole(start.turn + 1, end.turn, 1);
    edge(end.turn, 0, end.offset, 1);
  }
  edges.addTo(sums, 0, 1);
}
