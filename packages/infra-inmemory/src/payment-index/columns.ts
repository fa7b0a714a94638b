// What searches look at, one typed array a field: row n of each is payment n of the partition.

import type { PaymentDocument } from '@paystrata/application';
import { paymentStatuses, type Payment, type PaymentStatus } from '@paystrata/domain';
import { idHash, idKey } from './id-key.ts';
import { outcomeOf } from './outcomes.ts';

/** Status of a row that holds no payment. */
export const NO_STATUS = 31;
/** From here on a double may stand for several amounts: equal ones must be looked at exactly. */
export const EXACT_LIMIT = 2 ** 53;

const FIRST_CAPACITY = 8;
const codes: ReadonlyMap<PaymentStatus, number> = new Map(paymentStatuses.map((status, code) => [status, code]));

/** The place of a status in `paymentStatuses`. */
export function statusCode(status: PaymentStatus): number {
  return codes.get(status) ?? NO_STATUS;
}

export class Columns {
  /** Undefined: no payment in this row. */
  readonly documents: (PaymentDocument | undefined)[] = [];
  /** Currencies of this partition, by their code in the column. */
  readonly currencies: string[] = [];
  created = new Float64Array(FIRST_CAPACITY);
  updated = new Float64Array(FIRST_CAPACITY);
  /** NaN: never processed. */
  processed = new Float64Array(FIRST_CAPACITY);
  /** Minor units as a double: in the order of the amounts, though equal for some beyond `EXACT_LIMIT`. */
  amount = new Float64Array(FIRST_CAPACITY);
  /** In the order of the ids as far as a double reaches. */
  idKeys = new Float64Array(FIRST_CAPACITY);
  idHashes = new Uint32Array(FIRST_CAPACITY);
  status = new Uint8Array(FIRST_CAPACITY);
  currency = new Uint8Array(FIRST_CAPACITY);
  /** See `outcomeOf`. */
  outcome = new Uint8Array(FIRST_CAPACITY);
  readonly #unused: number[] = [];

  /** Rows in use are below this. */
  get rows(): number {
    return this.documents.length;
  }

  /** A row for a new payment; its id is set, nothing else is. */
  open(document: PaymentDocument): number {
    const row = this.#unused.pop() ?? this.documents.length;
    if (row >= this.created.length) this.#resize(Math.ceil(row < 65_536 ? row * 2 : row * 1.5));
    this.documents[row] = document;
    this.idKeys[row] = idKey(document.payment.id);
    this.idHashes[row] = idHash(document.payment.id);
    return row;
  }

  set(row: number, document: PaymentDocument): void {
    const { payment } = document;
    this.documents[row] = document;
    this.created[row] = payment.createdAt;
    this.updated[row] = payment.updatedAt;
    this.processed[row] = payment.processedAt ?? Number.NaN;
    this.amount[row] = Number(payment.amount.amount);
    this.status[row] = statusCode(payment.status);
    this.outcome[row] = outcomeOf(payment);
    this.currency[row] = this.currencyCode(payment.amount.currency);
  }

  close(row: number): void {
    this.documents[row] = undefined;
    this.status[row] = NO_STATUS;
    this.#unused.push(row);
  }

  /** The payment of a row in use. */
  payment(row: number): Payment {
    return this.document(row).payment;
  }

  document(row: number): PaymentDocument {
    const document = this.documents[row];
    if (document === undefined) throw new Error(`row ${row} of the payment index holds no payment`);
    return document;
  }

  /** Takes in the currency where it is new. */
  currencyCode(currency: string): number {
    const code = this.currencies.indexOf(currency);
    return code >= 0 ? code : this.currencies.push(currency) - 1;
  }

  /** Gives back what was reserved for rows that do not exist. */
  shrink(): void {
    const needed = Math.max(FIRST_CAPACITY, this.rows);
    if (needed < this.created.length) this.#resize(needed);
  }

  /** Bytes in typed arrays. */
  get bytes(): number {
    return this.created.length * (5 * 8 + 4 + 3);
  }

  #resize(capacity: number): void {
    this.created = floats(this.created, capacity);
    this.updated = floats(this.updated, capacity);
    this.processed = floats(this.processed, capacity);
    this.amount = floats(this.amount, capacity);
    this.idKeys = floats(this.idKeys, capacity);
    const hashes = new Uint32Array(capacity);
    hashes.set(this.idHashes.subarray(0, capacity));
    this.idHashes = hashes;
    this.status = bytes(this.status, capacity);
    this.currency = bytes(this.currency, capacity);
    this.outcome = bytes(this.outcome, capacity);
  }
}

function floats(from: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const to = new Float64Array(capacity);
  to.set(from.subarray(0, capacity));
  return to;
}

function bytes(from: Uint8Array, capacity: number): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(capacity);
  to.set(from.subarray(0, capacity));
  return to;
}
