// The orders in which payments are listed. Each is total: what is equal by its key stands in the order of the ids.

import type { Payment, PaymentId } from '@paystrata/domain';
import { compareCodePoints } from './code-point-order.ts';
import type { Sort, SortKey } from './queries.ts';

/**
 * Where a payment stands in an order: by the number, then the text, then the id; texts by code point.
 *
 * - `created`, `updated`: the instant.
 * - `amount`: minor units, then the currency's code.
 * - `status`: the status as a word, so alphabetically.
 */
export interface SortPlace {
  readonly number: number | bigint;
  readonly text: string;
  readonly id: PaymentId;
}

/** The place of a payment in the order of a key. */
export function placeOf(payment: Payment, by: SortKey): SortPlace {
  const { id } = payment;
  switch (by) {
    case 'created':
      return { number: payment.createdAt, text: '', id };
    case 'updated':
      return { number: payment.updatedAt, text: '', id };
    case 'amount':
      return { number: payment.amount.amount, text: payment.amount.currency, id };
    case 'status':
      return { number: 0, text: payment.status, id };
  }
}

/** Ascending; 0 for the same payment only. */
export function comparePlaces(a: SortPlace, b: SortPlace): -1 | 0 | 1 {
  if (a.number !== b.number) return a.number < b.number ? -1 : 1;
  if (a.text !== b.text) return compareCodePoints(a.text, b.text);
  return compareCodePoints(a.id, b.id);
}

/** Compares in the direction of the sort, ids included, so that one order is the other one reversed. */
export function inDirection(sort: Sort): (a: SortPlace, b: SortPlace) => number {
  return sort.descending ? (a, b) => comparePlaces(b, a) : comparePlaces;
}
