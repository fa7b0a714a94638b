// The rows of one page out of rows in no order, without sorting them all.

/** So many are kept sorted while the others pass by. */
const KEPT = 256;

type Order<Row> = (a: Row, b: Row) => number;

/** What `rows.sort(order).slice(skip, skip + count)` would be. Puts the rows into another order. */
export function rowsOfPage<Row>(rows: Row[], order: Order<Row>, skip: number, count: number): readonly Row[] {
  if (skip + count <= KEPT) return firstRows(rows, order, skip + count).slice(skip);
  if (skip >= rows.length) return [];
  partitionAt(rows, order, skip, 0, rows.length - 1);
  const rest = rows.slice(skip);
  return firstRows(rest, order, count);
}

/** Rows mostly come in the order of creation: from the right end, most of them are behind the page at once. */
function firstRows<Row>(rows: readonly Row[], order: Order<Row>, count: number): Row[] {
  const first: Row[] = [];
  const [one, other] = [rows[0], rows.at(-1)];
  const fromEnd = one !== undefined && other !== undefined && order(one, other) > 0;
  for (let taken = 0; taken < rows.length; taken += 1) {
    const row = rows[fromEnd ? rows.length - 1 - taken : taken];
    if (row === undefined || (first.length >= count && order(row, first[count - 1] ?? row) >= 0)) continue;
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
function partitionAt<Row>(rows: Row[], order: Order<Row>, place: number, first: number, last: number): void {
  let [low, high] = [first, last];
  while (low < high) {
    const pivot = rows[(low + high) >>> 1];
    if (pivot === undefined) return;
    let [left, right] = [low, high];
    while (left <= right) {
      while (order(rows[left] ?? pivot, pivot) < 0) left += 1;
      while (order(rows[right] ?? pivot, pivot) > 0) right -= 1;
      if (left > right) break;
      [rows[left], rows[right]] = [rows[right] ?? pivot, rows[left] ?? pivot];
      left += 1;
      right -= 1;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else return;
  }
}
