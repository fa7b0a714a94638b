// Sums of buckets of creation out of the sums of runs: whole runs at once, and at each edge a part of one run.

import { isCounted, type Statistics, type TimeRange } from '@paystrata/application';
import type { Instant } from '@paystrata/domain';
import type { Partition } from '../partition.ts';
import type { Place } from '../run-observer.ts';
import { SumTable } from '../sum-table.ts';
import type { Edges } from './sums-of-rows.ts';

/** Statistics of all payments that were created in the range, then those of each bucket. */
export function sumsOfCreation(
  partition: Partition,
  range: TimeRange,
  edges: Edges,
): readonly [Statistics, ...Statistics[]] {
  const { totals } = partition;
  const inside = edges.map((edge) => clamped(edge, range));
  const running = new RunningSums(partition);
  const sums = inside.map((edge) =>
    running.before(partition.runs.created.runs.seek((row) => isBefore(partition, row, edge))),
  );
  const read = (from: number, to: number): Statistics => {
    const [low, high] = [sums[from], sums[to]];
    if (low === undefined || high === undefined) return totals.read(totals.noSums(), []);
    const big = bigPayments(partition, inside[from] ?? 0, inside[to] ?? 0);
    return totals.read(
      high.map((sum, cell) => sum - (low[cell] ?? 0)),
      big,
    );
  };
  return [read(0, edges.length - 1), ...edges.slice(1).map((_, at) => read(at, at + 1))];
}

function clamped(edge: Instant, { from, to }: TimeRange): number {
  return Math.min(Math.max(edge, from ?? -Infinity), to ?? Infinity);
}

function isBefore({ columns }: Partition, row: number, edge: number): boolean {
  return (columns.created[row] ?? 0) < edge;
}

function bigPayments({ bigRows, columns }: Partition, from: number, to: number) {
  if (bigRows.size === 0) return [];
  const payments = [...bigRows].map((row) => columns.payment(row));
  return payments.filter((payment) => isCounted(payment) && payment.createdAt >= from && payment.createdAt < to);
}

/** Sums of all rows before one place after another. */
class RunningSums {
  readonly #partition: Partition;
  readonly #whole: Float64Array;
  #turn = 0;

  constructor(partition: Partition) {
    this.#partition = partition;
    this.#whole = partition.totals.noSums();
  }

  /** Places must come in their order. */
  before({ turn, offset }: Place): Float64Array {
    const { columns, runs } = this.#partition;
    const { runs: sorted, ledger } = runs.created;
    for (; this.#turn < turn; this.#turn += 1) ledger.sums?.addTo(this.#whole, sorted.runAt(this.#turn), 1);
    const sums = this.#whole.slice();
    if (offset === 0) return sums;
    const part = new SumTable(columns);
    const rows = sorted.itemsAt(turn);
    const size = sorted.sizeAt(turn);
    const isFirstHalf = offset * 2 <= size;
    if (!isFirstHalf) ledger.sums?.addTo(sums, sorted.runAt(turn), 1);
    const [from, to] = isFirstHalf ? [0, offset] : [offset, size];
    for (let at = from; at < to; at += 1) part.shift(0, rows[at] ?? 0, isFirstHalf ? 1 : -1);
    part.addTo(sums, 0, 1);
    return sums;
  }
}
