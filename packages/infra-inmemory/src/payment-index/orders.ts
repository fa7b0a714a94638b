// The orders of rows: the same as `comparePlaces` of the application, on columns.

import { compareCodePoints, type SortKey, type SortPlace } from '@paystrata/application';
import { paymentStatuses } from '@paystrata/domain';
import { EXACT_LIMIT, type Columns } from './columns.ts';
import { idKey } from './id-key.ts';

/** What runs are sorted by: the sort keys, and the time of processing for ranges. */
export type RunKey = SortKey | 'processed';

export type RowOrder = (a: number, b: number) => number;

/** The place of a status among the words, by its code. */
const statusRanks = Uint8Array.from(paymentStatuses, (status) => [...paymentStatuses].sort().indexOf(status));

/** Compares two rows; 0 for the same row only. */
export function rowOrder(columns: Columns, by: RunKey): RowOrder {
  switch (by) {
    case 'created':
      return (a, b) => (columns.created[a] ?? 0) - (columns.created[b] ?? 0) || compareIds(columns, a, b);
    case 'updated':
      return (a, b) => (columns.updated[a] ?? 0) - (columns.updated[b] ?? 0) || compareIds(columns, a, b);
    case 'processed':
      return (a, b) => (columns.processed[a] ?? 0) - (columns.processed[b] ?? 0) || compareIds(columns, a, b);
    case 'amount':
      return (a, b) =>
        (columns.amount[a] ?? 0) - (columns.amount[b] ?? 0) || compareMoney(columns, a, b) || compareIds(columns, a, b);
    case 'status':
      return (a, b) => rankOf(columns, a) - rankOf(columns, b) || compareIds(columns, a, b);
  }
}

/** Compares a row with a place that a cursor tells of, which no row need have. */
export function placeOrder(columns: Columns, by: SortKey, place: SortPlace): (row: number) => number {
  const key = idKey(place.id);
  const afterId = (row: number): number => {
    const difference = (columns.idKeys[row] ?? 0) - key;
    if (difference !== 0) return difference;
    const { id } = columns.payment(row);
    return id < place.id ? -1 : Number(id > place.id);
  };
  if (by === 'created' || by === 'updated') {
    const instant = Number(place.number);
    return (row) => (columns[by][row] ?? 0) - instant || afterId(row);
  }
  if (by === 'status') {
    return (row) => compareCodePoints(columns.payment(row).status, place.text) || afterId(row);
  }
  const exact = BigInt(place.number);
  const amount = Number(exact);
  return (row) =>
    (columns.amount[row] ?? 0) - amount ||
    compareAmounts(columns.payment(row).amount.amount, exact) ||
    compareCodePoints(columns.payment(row).amount.currency, place.text) ||
    afterId(row);
}

/** Whether the amount of a row is below the bound, exactly. */
export function isBelow(columns: Columns, row: number, bound: number, exact: bigint): boolean {
  const amount = columns.amount[row] ?? 0;
  if (amount !== bound || isExact(amount)) return amount < bound;
  return columns.payment(row).amount.amount < exact;
}

/** Whether the amount of a row is above the bound, exactly. */
export function isAbove(columns: Columns, row: number, bound: number, exact: bigint): boolean {
  const amount = columns.amount[row] ?? 0;
  if (amount !== bound || isExact(amount)) return amount > bound;
  return columns.payment(row).amount.amount > exact;
}

function isExact(amount: number): boolean {
  return amount < EXACT_LIMIT && amount > -EXACT_LIMIT;
}

function rankOf(columns: Columns, row: number): number {
  return statusRanks[columns.status[row] ?? 0] ?? 0;
}

/** Of rows whose amounts are the same double. */
function compareMoney(columns: Columns, a: number, b: number): number {
  if (!isExact(columns.amount[a] ?? 0)) {
    const difference = compareAmounts(columns.payment(a).amount.amount, columns.payment(b).amount.amount);
    if (difference !== 0) return difference;
  }
  const [x, y] = [columns.currency[a] ?? 0, columns.currency[b] ?? 0];
  return x === y ? 0 : compareCodePoints(columns.currencies[x] ?? '', columns.currencies[y] ?? '');
}

function compareAmounts(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}

/** Ids are lower-case ASCII: units and code points stand in the same order. */
function compareIds(columns: Columns, a: number, b: number): number {
  const difference = (columns.idKeys[a] ?? 0) - (columns.idKeys[b] ?? 0);
  if (difference !== 0 || a === b) return difference;
  return columns.payment(a).id < columns.payment(b).id ? -1 : 1;
}
