// Sums of buckets of creation out of rows that were found one by one.

import type { Statistics } from '@paystrata/application';
import type { Instant, Payment } from '@paystrata/domain';
import type { Partition } from '../partition.ts';
import { SumTable } from '../sum-table.ts';

/** One more edge than buckets; none where nothing was found. */
export type Edges = readonly Instant[];

/** Statistics of all rows, then those of each bucket. */
export function sumsOfRows(
  { columns, bigRows }: Partition,
  rows: readonly number[],
  edges: Edges,
): readonly [Statistics, ...Statistics[]] {
  const buckets = Math.max(0, edges.length - 1);
  const table = new SumTable(columns);
  const big = Array.from({ length: buckets }, (): Payment[] => []);
  for (const row of rows) {
    const bucket = bucketOf(columns.created[row] ?? 0, edges);
    table.shift(bucket, row, 1);
    if (bigRows.size > 0 && bigRows.has(row)) big[bucket]?.push(columns.payment(row));
  }
  const total = table.noSums();
  const each = big.map((payments, bucket) => {
    const sums = table.noSums();
    table.addTo(sums, bucket, 1);
    table.addTo(total, bucket, 1);
    return table.read(sums, payments);
  });
  return [table.read(total, big.flat()), ...each];
}

/** The last edge that is not after the instant; the first edge is not. */
function bucketOf(instant: number, edges: Edges): number {
  let [low, high] = [0, edges.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((edges[middle] ?? Infinity) <= instant) low = middle;
    else high = middle - 1;
  }
  return low;
}
