// Counts and sums of payments in lines of numbers: one line for a run of rows, or for all. Exact.

import { compareCodePoints, isCounted, type CurrencyTotal, type Statistics } from '@paystrata/application';
import { paymentStatuses, type Currency, type Payment, type PaymentStatus } from '@paystrata/domain';
import { EXACT_LIMIT, type Columns } from './columns.ts';

const STATUSES = paymentStatuses.length;
/** Per currency: how many, and the high and low halves of amount, captured and refunded. */
const CELLS = 7;
/** Below this is the low half: sums of either half stay exact in a double for 2^26 payments. */
const HALF = 2 ** 26;

export class SumTable {
  readonly #columns: Columns;
  #currencies = 1;
  #cells = new Float64Array(0);

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  /** Numbers in a line. */
  get width(): number {
    return STATUSES + this.#currencies * CELLS;
  }

  /** Adds (1) or takes away (−1) the payment of a row, by what the columns say of it. Deleted ones are not counted. */
  shift(line: number, row: number, by: 1 | -1): void {
    const payment = this.#columns.payment(row);
    if (!isCounted(payment)) return;
    const currency = this.#columns.currency[row] ?? 0;
    if (currency >= this.#currencies) this.#widen(currency + 1);
    const start = line * this.width;
    if (start >= this.#cells.length) this.#lengthen(line + 1);
    this.#shiftCell(start + (this.#columns.status[row] ?? 0), by);
    const cell = start + STATUSES + currency * CELLS;
    this.#shiftCell(cell, by);
    if (isBig(payment)) return;
    this.#shiftMoney(cell + 1, payment.amount.amount, by);
    if (payment.captured !== 0n) this.#shiftMoney(cell + 3, payment.captured, by);
    if (payment.refunded !== 0n) this.#shiftMoney(cell + 5, payment.refunded, by);
  }

  clear(line: number): void {
    this.#cells.fill(0, line * this.width, (line + 1) * this.width);
  }

  /** Sums of nothing, with room for all currencies. */
  noSums(): Float64Array {
    return new Float64Array(STATUSES + this.#columns.currencies.length * CELLS);
  }

  /** Adds a line, `by` times, to the sums. */
  addTo(sums: Float64Array, line: number, by: 1 | -1): void {
    const start = line * this.width;
    if (start >= this.#cells.length) return;
    const width = Math.min(this.width, sums.length);
    for (let cell = 0; cell < width; cell += 1) sums[cell] = (sums[cell] ?? 0) + by * (this.#cells[start + cell] ?? 0);
  }

  /** What a line of sums says; `big` are the payments whose money is too big to be in it. */
  read(sums: Float64Array, big: Iterable<Payment>): Statistics {
    const byStatus: Partial<Record<PaymentStatus, number>> = {};
    for (const [code, status] of paymentStatuses.entries()) {
      const count = sums[code] ?? 0;
      if (count !== 0) byStatus[status] = count;
    }
    const totals = this.#columns.currencies
      .map((currency, code) => totalOf(sums, currency as Currency, STATUSES + code * CELLS, big))
      .filter(({ count }) => count !== 0)
      .sort((a, b) => compareCodePoints(a.currency, b.currency));
    return {
      count: totals.reduce((all, { count }) => all + count, 0),
      byStatus,
      byCurrency: Object.fromEntries(totals.map(({ currency, count }) => [currency, count])),
      totals,
    };
  }

  /** Bytes in typed arrays. */
  get bytes(): number {
    return this.#cells.byteLength;
  }

  #shiftMoney(cell: number, amount: bigint, by: 1 | -1): void {
    const number = Number(amount);
    const low = number % HALF;
    this.#shiftCell(cell, (by * (number - low)) / HALF);
    this.#shiftCell(cell + 1, by * low);
  }

  #shiftCell(cell: number, by: number): void {
    this.#cells[cell] = (this.#cells[cell] ?? 0) + by;
  }

  #lengthen(lines: number): void {
    const cells = new Float64Array(Math.max(lines, Math.ceil((this.#cells.length / this.width) * 1.5)) * this.width);
    cells.set(this.#cells);
    this.#cells = cells;
  }

  #widen(currencies: number): void {
    const before = this.width;
    const lines = this.#cells.length / before;
    this.#currencies = Math.max(currencies, this.#currencies * 2);
    const cells = new Float64Array(lines * this.width);
    for (let line = 0; line < lines; line += 1) {
      cells.set(this.#cells.subarray(line * before, (line + 1) * before), line * this.width);
    }
    this.#cells = cells;
  }
}

/** Whether its money does not fit into doubles; such payments are added up by themselves. */
export function isBig({ amount, captured, refunded }: Payment): boolean {
  return !(fits(amount.amount) && fits(captured) && fits(refunded));
}

function fits(amount: bigint): boolean {
  const number = Number(amount);
  return number < EXACT_LIMIT && number > -EXACT_LIMIT;
}

function totalOf(sums: Float64Array, currency: Currency, cell: number, big: Iterable<Payment>): CurrencyTotal {
  let [amount, captured, refunded] = [moneyAt(sums, cell + 1), moneyAt(sums, cell + 3), moneyAt(sums, cell + 5)];
  for (const payment of big) {
    if (payment.amount.currency !== currency) continue;
    amount += payment.amount.amount;
    captured += payment.captured;
    refunded += payment.refunded;
  }
  return { currency, count: sums[cell] ?? 0, amount, captured, refunded };
}

function moneyAt(sums: Float64Array, cell: number): bigint {
  return BigInt(sums[cell] ?? 0) * BigInt(HALF) + BigInt(sums[cell + 1] ?? 0);
}
