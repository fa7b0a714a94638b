// One page of a search, by the index: the same pages, totals and cursors as `searchDocuments` over all documents.

import { COUNT_CAP, type SearchPayments, type SearchSource, type SortPlace } from '@paystrata/application';
import { countWithoutLooking } from './counting.ts';
import { explainedPage, type ExplainedPage, type Found } from './explained-page.ts';
import { rowsOfPage } from './first-rows.ts';
import { matchesOf, matchingCost } from './matching.ts';
import { placeOrder, rowOrder, type RowOrder } from './orders.ts';
import type { Partition } from './partition.ts';
import { planOf, type Plan } from './plan.ts';
import { between, wholeRange } from './ranges.ts';
import { walk, type Walk } from './walk.ts';

interface Answer extends Omit<Found, 'documents'> {
  /** Those of the page, and one more where there is one. */
  readonly rows: readonly number[];
}

const nothing: Answer = { rows: [], total: 0, explanation: { way: 'nothing', source: 'none', visited: 0 } };

/** @throws PortFailure as `searchDocuments` does. */
export function searchPartition(partition: Partition, query: SearchPayments, source: SearchSource): ExplainedPage {
  return explainedPage(query, source, (after) => {
    const plan = planOf(partition, query.filter);
    const { rows, ...answer } = plan === null ? nothing : answerOf(partition, plan, query, after);
    return { ...answer, documents: rows.map((row) => partition.columns.document(row)) };
  });
}

function answerOf(partition: Partition, plan: Plan, query: SearchPayments, after: SortPlace | null): Answer {
  const counted = countWithoutLooking(partition, plan);
  if (counted === 0) return nothing;
  const cost = matchingCost(partition, plan);
  const isFew = cost <= partition.limits.gather;
  if (isFew && cost <= walkingCost(partition, counted, query))
    return gathered(partition, plan, query, after, Infinity) ?? nothing;
  // What is counted exactly need not be found first; all else is, up to the cap.
  const found = counted === null ? gathered(partition, plan, query, after, COUNT_CAP + 1) : null;
  if (found !== null && found.total <= COUNT_CAP) return found;
  const order = walkOf(partition, plan, query, after);
  const walked = walk(partition, plan, order);
  if (walked === null) return gathered(partition, plan, query, after, Infinity) ?? nothing;
  const visited = walked.visited + (found?.explanation.visited ?? 0);
  const source = found?.explanation.source ?? 'counts';
  return { rows: walked.rows, total: counted ?? COUNT_CAP + 1, explanation: { way: 'walk', source, visited } };
}

/** About how many rows of the sort order come before the end of the page; unknown where nobody knows how many match. */
function walkingCost({ size }: Partition, counted: number | null, { limit, page }: SearchPayments): number {
  return counted === null ? Infinity : ((page ?? 1) * limit * size) / counted;
}

/** All matches, or as many as the limit; the page out of them. */
function gathered(
  partition: Partition,
  plan: Plan,
  { sort, limit, page }: SearchPayments,
  after: SortPlace | null,
  most: number,
): Answer {
  const { rows, complete, source, visited } = matchesOf(partition, plan, most);
  const explanation = { way: 'gather', source, visited } as const;
  if (!complete) return { rows: [], total: rows.length, explanation };
  const ascending = rowOrder(partition.columns, sort.by);
  const order: RowOrder = sort.descending ? (a, b) => ascending(b, a) : ascending;
  const skip = page === null ? 0 : (page - 1) * limit;
  const rest = after === null ? rows.slice() : rows.filter(isAfter(partition, sort, after));
  return { rows: rowsOfPage(rest, order, skip, limit + 1), total: rows.length, explanation };
}

function isAfter({ columns }: Partition, { by, descending }: SearchPayments['sort'], place: SortPlace) {
  const compare = placeOrder(columns, by, place);
  return (row: number): boolean => (descending ? compare(row) < 0 : compare(row) > 0);
}

/** The part of the sort order that can hold the page. */
function walkOf(partition: Partition, plan: Plan, query: SearchPayments, after: SortPlace | null): Walk {
  const { sort, limit, page } = query;
  const rowRuns = partition.runs[sort.by];
  let { start, end } = plan.ranges.find(({ key }) => key === sort.by) ?? wholeRange(rowRuns);
  if (after !== null) {
    const compare = placeOrder(partition.columns, sort.by, after);
    const { runs } = rowRuns;
    if (sort.descending) {
      const place = runs.seek((row) => compare(row) < 0);
      if (runs.rank(place) < runs.rank(end)) end = place;
    } else {
      const place = runs.seek((row) => compare(row) <= 0);
      if (runs.rank(place) > runs.rank(start)) start = place;
    }
  }
  return {
    range: { ...between(rowRuns, start, end), key: sort.by },
    descending: sort.descending,
    skip: page === null ? 0 : (page - 1) * limit,
    count: limit + 1,
    budget: Math.max(partition.limits.gather, 2 * matchingCost(partition, plan)),
  };
}
