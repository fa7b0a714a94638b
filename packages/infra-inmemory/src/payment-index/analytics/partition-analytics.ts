// Analytics by columns and sums: money of a range of creation by the sums of runs, all else by a few numbers a row.

import {
  bucketEdges,
  type Analytics,
  type AnalyticsBucket,
  type PaymentAnalytics,
  type PaymentFilter,
  type Statistics,
} from '@paystrata/application';
import { matchesOf, rowsInRange } from '../matching.ts';
import type { Partition } from '../partition.ts';
import { planOf } from '../plan.ts';
import { timeRange } from '../ranges.ts';
import { isOpen } from '../row-filter.ts';
import { RowFacts } from './row-facts.ts';
import { sumsOfCreation } from './sums-of-creation.ts';
import { sumsOfRows, type Edges } from './sums-of-rows.ts';

/**
 * As `analyticsOf` over all documents, for filters that do not ask for deleted payments. Looks at no payment where the
 * filter restricts nothing but the creation.
 *
 * @throws InvalidMessage as `analyticsOf` does.
 */
export function analyticsOfPartition(partition: Partition, query: PaymentAnalytics): Analytics {
  const { filter } = query;
  const facts = new RowFacts(partition);
  if (!asksForCreationOnly(filter)) {
    const rows = rowsFound(partition, filter);
    for (const row of rows) facts.take(row);
    return analyticsFrom(query, facts, (edges) => sumsOfRows(partition, rows, edges));
  }
  const range = timeRange(partition, 'created', filter.created);
  for (const rows of rowsInRange(partition, range)) {
    for (let at = 0; at < rows.length; at += 1) facts.take(rows[at] ?? 0);
  }
  return analyticsFrom(query, facts, (edges) => sumsOfCreation(partition, filter.created, edges));
}

function analyticsFrom(
  { interval, timezone }: PaymentAnalytics,
  facts: RowFacts,
  sum: (edges: Edges) => readonly [Statistics, ...Statistics[]],
): Analytics {
  const { first, last } = facts;
  const edges = first === null || last === null ? [] : bucketEdges(first, last, interval, timezone, 'PaymentAnalytics');
  const [{ totals, byStatus, byCurrency }, ...sums] = sum(edges);
  const buckets = sums.flatMap((bucket, at): readonly AnalyticsBucket[] => {
    const start = edges[at];
    return start === undefined ? [] : [{ start, ...bucket }];
  });
  return { totals, buckets, byStatus, byCurrency, ...facts.read() };
}

function rowsFound(partition: Partition, filter: PaymentFilter): readonly number[] {
  const plan = planOf(partition, filter);
  return plan === null ? [] : matchesOf(partition, plan, Infinity).rows;
}

/** Whether the sums of the runs by creation say all that is asked about money. */
function asksForCreationOnly(filter: PaymentFilter): boolean {
  const { statuses, currencies, metadata, updated, processed } = filter;
  const { minAmount, maxAmount, reference, customer, userId, workflowId, resourceId, text } = filter;
  const exact = [minAmount, maxAmount, reference, customer, userId, workflowId, resourceId, text];
  if (statuses.length > 0 || currencies.length > 0 || Object.keys(metadata).length > 0) return false;
  return isOpen(updated) && isOpen(processed) && exact.every((asked) => asked === null);
}
