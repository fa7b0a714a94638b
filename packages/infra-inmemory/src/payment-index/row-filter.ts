// Whether the payment of a row is what a search asks for, by its columns: the same as `compileFilter` on payments.

import {
  everyPayment,
  matchesTokens,
  type PaymentFilter,
  type TextQuery,
  type TimeRange,
} from '@paystrata/application';
import { paymentStatuses } from '@paystrata/domain';
import type { Bitset } from './bitset.ts';
import { NO_STATUS, statusCode, type Columns } from './columns.ts';
import { isAbove, isBelow, type RunKey } from './orders.ts';
import { textsOf } from './texts.ts';

/** Bit n: the status with code n. Without any asked for: all but deleted. */
function statusMaskOf({ statuses }: PaymentFilter): number {
  if (statuses.length === 0) return ~(1 << statusCode('deleted')) & ~(1 << NO_STATUS);
  return statuses.reduce((mask, status) => mask | (1 << statusCode(status)), 0);
}

/** By the code of the currency in the columns, 1 where it is asked for; null: all are. */
function currenciesOf({ currencies }: PaymentFilter, columns: Columns): Uint8Array | null {
  if (currencies.length === 0) return null;
  const wanted: readonly string[] = currencies;
  return Uint8Array.from(columns.currencies, (currency) => Number(wanted.includes(currency)));
}

export class RowFilter {
  readonly statusMask: number;
  readonly currencies: Uint8Array | null;
  /** Sets that the row must be in. */
  readonly bits: readonly Bitset[];
  readonly #asked: PaymentFilter;
  readonly #columns: Columns;
  readonly #min: bigint | null;
  readonly #max: bigint | null;
  readonly #lowest: number;
  readonly #highest: number;
  readonly #created: Bounds | null;
  readonly #updated: Bounds | null;
  readonly #processed: Bounds | null;
  readonly #text: TextQuery | null;

  /** @param text what its tokens must have, where no posting says so; slow. */
  constructor(filter: PaymentFilter, columns: Columns, bits: readonly Bitset[], text: TextQuery | null) {
    this.#asked = filter;
    this.#columns = columns;
    this.statusMask = statusMaskOf(filter);
    this.currencies = currenciesOf(filter, columns);
    this.#min = filter.minAmount;
    this.#max = filter.maxAmount;
    this.#lowest = this.#min === null ? -Infinity : Number(this.#min);
    this.#highest = this.#max === null ? Infinity : Number(this.#max);
    this.#created = boundsOf(filter.created);
    this.#updated = boundsOf(filter.updated);
    this.#processed = boundsOf(filter.processed);
    this.bits = bits;
    this.#text = text;
  }

  /** Whether the texts of payments have to be looked at. */
  get looksAtTexts(): boolean {
    return this.#text !== null;
  }

  /**
   * The same for rows of which sets say that status, currency and bits are right, and which come from a range.
   *
   * @returns null where there is nothing else to test.
   */
  beyondSets(range: RunKey | null): RowFilter | null {
    const open = { from: null, to: null };
    const { created, updated, processed, minAmount, maxAmount } = this.#asked;
    const rest: PaymentFilter = {
      ...everyPayment,
      statuses: paymentStatuses,
      created: range === 'created' ? open : created,
      updated: range === 'updated' ? open : updated,
      processed: range === 'processed' ? open : processed,
      minAmount: range === 'amount' ? null : minAmount,
      maxAmount: range === 'amount' ? null : maxAmount,
    };
    const amounts = rest.minAmount !== null || rest.maxAmount !== null;
    const times = [rest.created, rest.updated, rest.processed].some((each) => !isOpen(each));
    return amounts || times || this.#text !== null ? new RowFilter(rest, this.#columns, [], this.#text) : null;
  }

  /** Rows without a payment never pass. */
  test(row: number): boolean {
    const columns = this.#columns;
    if (((this.statusMask >>> (columns.status[row] ?? NO_STATUS)) & 1) === 0) return false;
    if (this.currencies !== null && this.currencies[columns.currency[row] ?? 0] !== 1) return false;
    if (this.#created !== null && !isIn(columns.created[row] ?? 0, this.#created)) return false;
    if (this.#updated !== null && !isIn(columns.updated[row] ?? 0, this.#updated)) return false;
    if (this.#processed !== null && !isIn(columns.processed[row] ?? 0, this.#processed)) return false;
    if ((this.#min !== null || this.#max !== null) && !this.#hasAmount(row)) return false;
    for (const bits of this.bits) if (!bits.has(row)) return false;
    return this.#text === null || matchesTokens(this.#text, textsOf(columns.payment(row)).tokens);
  }

  #hasAmount(row: number): boolean {
    if (this.#min !== null && isBelow(this.#columns, row, this.#lowest, this.#min)) return false;
    return this.#max === null || !isAbove(this.#columns, row, this.#highest, this.#max);
  }
}

export function isOpen({ from, to }: TimeRange): boolean {
  return from === null && to === null;
}

/** From the first, up to but without the second. */
type Bounds = readonly [number, number];

function boundsOf({ from, to }: TimeRange): Bounds | null {
  return from === null && to === null ? null : [from ?? -Infinity, to ?? Infinity];
}

/** False for NaN: what was never processed is in no range. */
function isIn(instant: number, [from, to]: Bounds): boolean {
  return instant >= from && instant < to;
}
