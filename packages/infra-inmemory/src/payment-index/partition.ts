// All that is indexed of one organization. Every part is changed in the same step, so that answers never disagree.

import type { PaymentDocument } from '@paystrata/application';
import { paymentStatuses, type PaymentId } from '@paystrata/domain';
import { Bitset } from './bitset.ts';
import { Columns } from './columns.ts';
import type { IndexLimits } from './limits.ts';
import { rowOrder, type RunKey } from './orders.ts';
import { RowTable } from './row-table.ts';
import { RunLedger } from './run-ledger.ts';
import { SortedRuns } from './sorted-runs.ts';
import { isBig, SumTable } from './sum-table.ts';
import { TextIndex } from './text-index.ts';

const STATUSES = paymentStatuses.length;

/** Rows in one order, and what is known of each run. */
export interface RowRuns {
  readonly key: RunKey;
  readonly runs: SortedRuns;
  readonly ledger: RunLedger;
}

/** Lines of the totals. */
export const CREATED_TOTAL = 0;
export const PROCESSED_TOTAL = 1;

export class Partition {
  readonly limits: IndexLimits;
  readonly columns = new Columns();
  readonly table = new RowTable(this.columns);
  readonly texts: TextIndex;
  readonly runs: Readonly<Record<RunKey, RowRuns>>;
  /** By the code of the status, and by that of the currency. */
  readonly statuses: readonly Bitset[] = paymentStatuses.map(() => new Bitset());
  readonly currencies: Bitset[] = [];
  readonly totals = new SumTable(this.columns);
  /** Rows whose money is too big for the sums. */
  readonly bigRows = new Set<number>();
  readonly #all: readonly RowRuns[];
  #counts = new Int32Array(STATUSES);

  constructor(limits: IndexLimits) {
    this.limits = limits;
    this.texts = new TextIndex(limits);
    this.runs = {
      created: this.#runsBy('created', true),
      updated: this.#runsBy('updated', false),
      processed: this.#runsBy('processed', true),
      amount: this.#runsBy('amount', false),
      status: this.#runsBy('status', false),
    };
    this.#all = Object.values(this.runs);
  }

  get size(): number {
    return this.table.size;
  }

  get(id: PaymentId): PaymentDocument | null {
    const row = this.table.find(id);
    return row < 0 ? null : this.columns.document(row);
  }

  /** @returns the document that was there before, null where there was none; undefined where that is not older. */
  apply(document: PaymentDocument): PaymentDocument | null | undefined {
    const known = this.table.find(document.payment.id);
    if (known < 0) {
      const row = this.columns.open(document);
      this.table.add(row);
      this.columns.set(row, document);
      for (const { key, runs } of this.#all) if (this.#belongs(key, document)) runs.insert(row);
      this.#count(row, 1);
      this.texts.replace(row, null, document.payment, this.columns.rows);
      return null;
    }
    const before = this.columns.document(known);
    if (before.payment.version >= document.payment.version) return undefined;
    this.#replace(known, before, document);
    return before;
  }

  /** @returns the document that was there, null where there was none. */
  remove(id: PaymentId): PaymentDocument | null {
    const row = this.table.find(id);
    if (row < 0) return null;
    const before = this.columns.document(row);
    for (const { runs } of this.#all) runs.remove(row);
    this.#count(row, -1);
    this.texts.replace(row, before.payment, null, this.columns.rows);
    this.table.remove(row);
    this.columns.close(row);
    return before;
  }

  /** Payments with one of the statuses and one of the currencies. @param currencies by code; null: all. */
  count(statusMask: number, currencies: Uint8Array | null): number {
    let count = 0;
    for (let code = 0; code < this.columns.currencies.length; code += 1) {
      if (currencies !== null && currencies[code] !== 1) continue;
      for (let status = 0; status < STATUSES; status += 1) {
        if (((statusMask >>> status) & 1) === 1) count += this.#counts[code * STATUSES + status] ?? 0;
      }
    }
    return count;
  }

  /** Rows leave by what their columns say, and enter by what these say then. */
  #replace(row: number, before: PaymentDocument, after: PaymentDocument): void {
    let moving = 0;
    for (let at = 0; at < this.#all.length; at += 1) {
      const { key, runs, ledger } = this.#all[at] ?? this.runs.created;
      const run = runs.runOf(row);
      if (this.#moves(key, before, after)) {
        moving |= 1 << at;
        runs.remove(row);
      } else if (run >= 0) ledger.removed(run, row);
    }
    this.#count(row, -1);
    this.columns.set(row, after);
    this.#count(row, 1);
    for (let at = 0; at < this.#all.length; at += 1) {
      const { key, runs, ledger } = this.#all[at] ?? this.runs.created;
      const run = runs.runOf(row);
      if (run >= 0) ledger.added(run, row);
      else if (((moving >>> at) & 1) === 1 && this.#belongs(key, after)) runs.insert(row);
    }
    this.texts.replace(row, before.payment, after.payment, this.columns.rows);
  }

  #belongs(key: RunKey, { payment }: PaymentDocument): boolean {
    return key !== 'processed' || payment.processedAt !== null;
  }

  #moves(key: RunKey, { payment: before }: PaymentDocument, { payment: after }: PaymentDocument): boolean {
    switch (key) {
      case 'created':
        return before.createdAt !== after.createdAt;
      case 'updated':
        return before.updatedAt !== after.updatedAt;
      case 'processed':
        return before.processedAt !== after.processedAt;
      case 'amount':
        return before.amount.amount !== after.amount.amount || before.amount.currency !== after.amount.currency;
      case 'status':
        return before.status !== after.status;
    }
  }

  #count(row: number, by: 1 | -1): void {
    const status = this.columns.status[row] ?? 0;
    const currency = this.columns.currency[row] ?? 0;
    const payment = this.columns.payment(row);
    const currencyRows = (this.currencies[currency] ??= new Bitset());
    if (by === 1) {
      this.statuses[status]?.add(row);
      currencyRows.add(row);
      if (isBig(payment)) this.bigRows.add(row);
    } else {
      this.statuses[status]?.delete(row);
      currencyRows.delete(row);
      if (this.bigRows.size > 0) this.bigRows.delete(row);
    }
    const cell = currency * STATUSES + status;
    if (cell >= this.#counts.length) this.#widen(currency + 1);
    this.#counts[cell] = (this.#counts[cell] ?? 0) + by;
    this.totals.shift(CREATED_TOTAL, row, by);
    if (payment.processedAt !== null) this.totals.shift(PROCESSED_TOTAL, row, by);
  }

  #widen(currencies: number): void {
    const counts = new Int32Array(currencies * STATUSES * 2);
    counts.set(this.#counts);
    this.#counts = counts;
  }

  #runsBy(key: RunKey, withSums: boolean): RowRuns {
    const ledger = new RunLedger(this.columns, withSums ? new SumTable(this.columns) : null);
    return { key, ledger, runs: new SortedRuns(rowOrder(this.columns, key), this.limits.runLength, ledger) };
  }
}
