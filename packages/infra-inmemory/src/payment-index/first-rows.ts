// The rows of one page out of rows in no order, without sorting them all.

import type { RowOrder } from './orders.ts';

/** So many are kept sorted while the others pass by. */
const KEPT = 256;

/** What `rows.sort(order).slice(skip, skip + count)` would be. Puts the rows into another order. */
export function rowsOfPage(rows: number[], order: RowOrder, skip: number, count: number): readonly number[] {
  if (skip + count <= KEPT) return firstRows(rows, order, skip + count).slice(skip);
  if (skip >= rows.length) return [];
  partitionAt(rows, order, skip, 0, rows.length - 1);
  const rest = rows.slice(skip);
  return firstRows(rest, order, count);
}

function firstRows(rows: readonly number[], order: RowOrder, count: number): number[] {
  const first: number[] = [];
  for (const row of rows) {
    if (first.length >= count && order(row, first[count - 1] ?? row) >= 0) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (order(first[middle] ?? row, row) < 0) low = middle + 1;
      else high = middle;
    }
    first.splice(low, 0, row);
    if (first.length > count) first.pop();
  }
  return first;
}

/** Hoare's selection: afterwards nothing before `place` comes after what is from there on. */
function partitionAt(rows: number[], order: RowOrder, place: number, first: number, last: number): void {
  let [low, high] = [first, last];
  while (low < high) {
    const pivot = rows[(low + high) >>> 1] ?? 0;
    let [left, right] = [low, high];
    while (left <= right) {
      while (order(rows[left] ?? 0, pivot) < 0) left += 1;
      while (order(rows[right] ?? 0, pivot) > 0) right -= 1;
      if (left > right) break;
      [rows[left], rows[right]] = [rows[right] ?? 0, rows[left] ?? 0];
      left += 1;
      right -= 1;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else return;
  }
}
