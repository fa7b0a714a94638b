// What is known of each run of rows without looking at them: how many of each status, and sums of their money.

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

  constructor(columns: Columns, sums: SumTable | null) {
    this.#columns = columns;
    this.sums = sums;
  }

  added(run: number, row: number): void {
    if ((run + 1) * STATUSES > this.#counts.length) this.#lengthen(run + 1);
    this.#shift(run, row, 1);
  }

  removed(run: number, row: number): void {
    this.#shift(run, row, -1);
  }

  refilled(run: number, rows: Int32Array, size: number): void {
    this.#counts.fill(0, run * STATUSES, (run + 1) * STATUSES);
    this.sums?.clear(run);
    for (let place = 0; place < size; place += 1) this.added(run, rows[place] ?? 0);
  }

  /** Rows of the run with one of the statuses. @param mask bit n: the status with code n. */
  count(run: number, mask: number): number {
    let count = 0;
    for (let status = 0; status < STATUSES; status += 1) {
      if (((mask >>> status) & 1) === 1) count += this.#counts[run * STATUSES + status] ?? 0;
    }
    return count;
  }

  /** Bytes in typed arrays. */
  get bytes(): number {
    return this.#counts.byteLength + (this.sums?.bytes ?? 0);
  }

  #shift(run: number, row: number, by: 1 | -1): void {
    const cell = run * STATUSES + (this.#columns.status[row] ?? 0);
    this.#counts[cell] = (this.#counts[cell] ?? 0) + by;
    this.sums?.shift(run, row, by);
  }

  #lengthen(runs: number): void {
    const counts = new Uint16Array(Math.max(runs, Math.ceil((this.#counts.length / STATUSES) * 1.5)) * STATUSES);
    counts.set(this.#counts);
    this.#counts = counts;
  }
}
