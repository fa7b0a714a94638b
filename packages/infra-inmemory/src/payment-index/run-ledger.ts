// What is known of each run of rows without looking at them: how many of each status and currency, and sums of their money.

import { paymentStatuses } from '@paystrata/domain';
import type { Columns } from './columns.ts';
import type { RunObserver } from './run-observer.ts';
import type { SumTable } from './sum-table.ts';

const STATUSES = paymentStatuses.length;

/** Follows the rows by what their columns say: rows leave before their columns change, and enter afterwards. */
export class RunLedger implements RunObserver {
  readonly #columns: Columns;
  /** Sums of the runs; null where nobody asks for them. */
  readonly sums: SumTable | null;
  #counts = new Uint16Array(STATUSES);
  /** By run, currency and status. */
  #byCurrency = new Uint16Array(STATUSES);
  /** Currencies that there is room for. */
  #currencies = 1;

  constructor(columns: Columns, sums: SumTable | null) {
    this.#columns = columns;
    this.sums = sums;
  }

  added(run: number, row: number): void {
    if ((run + 1) * STATUSES > this.#counts.length) this.#lengthen(run + 1);
    if (this.#columns.currencies.length > this.#currencies) this.#widen(this.#columns.currencies.length);
    this.#shift(run, row, 1);
  }

  removed(run: number, row: number): void {
    this.#shift(run, row, -1);
  }

  refilled(run: number, rows: Int32Array, size: number): void {
    this.#counts.fill(0, run * STATUSES, (run + 1) * STATUSES);
    const width = STATUSES * this.#currencies;
    this.#byCurrency.fill(0, run * width, (run + 1) * width);
    this.sums?.clear(run);
    for (let place = 0; place < size; place += 1) this.added(run, rows[place] ?? 0);
  }

  /**
   * Rows of the run with one of the statuses, in one of the currencies.
   *
   * @param mask bit n: the status with code n.
   * @param currencies 1 at the codes that are asked for; null: all of them.
   */
  count(run: number, mask: number, currencies: Uint8Array | null): number {
    if (currencies === null) return counted(this.#counts, run * STATUSES, mask);
    let count = 0;
    for (let currency = 0; currency < this.#currencies; currency += 1) {
      if (currencies[currency] !== 1) continue;
      count += counted(this.#byCurrency, (run * this.#currencies + currency) * STATUSES, mask);
    }
    return count;
  }

  /** Bytes in typed arrays. */
  get bytes(): number {
    return this.#counts.byteLength + this.#byCurrency.byteLength + (this.sums?.bytes ?? 0);
  }

  #shift(run: number, row: number, by: 1 | -1): void {
    const status = this.#columns.status[row] ?? 0;
    const cell = run * STATUSES + status;
    this.#counts[cell] = (this.#counts[cell] ?? 0) + by;
    const place = (run * this.#currencies + (this.#columns.currency[row] ?? 0)) * STATUSES + status;
    this.#byCurrency[place] = (this.#byCurrency[place] ?? 0) + by;
    this.sums?.shift(run, row, by);
  }

  #lengthen(runs: number): void {
    const room = Math.max(runs, Math.ceil((this.#counts.length / STATUSES) * 1.5));
    const counts = new Uint16Array(room * STATUSES);
    counts.set(this.#counts);
    this.#counts = counts;
    const byCurrency = new Uint16Array(room * STATUSES * this.#currencies);
    byCurrency.set(this.#byCurrency);
    this.#byCurrency = byCurrency;
  }

  #widen(currencies: number): void {
    const [before, width] = [STATUSES * this.#currencies, STATUSES * currencies];
    const runs = this.#counts.length / STATUSES;
    const byCurrency = new Uint16Array(runs * width);
    for (let run = 0; run < runs; run += 1) {
      byCurrency.set(this.#byCurrency.subarray(run * before, (run + 1) * before), run * width);
    }
    this.#byCurrency = byCurrency;
    this.#currencies = currencies;
  }
}

/** In the cells of all statuses that begin at `from`. */
function counted(cells: Uint16Array, from: number, mask: number): number {
  let count = 0;
  for (let status = 0; status < STATUSES; status += 1) {
    if (((mask >>> status) & 1) === 1) count += cells[from + status] ?? 0;
  }
  return count;
}
