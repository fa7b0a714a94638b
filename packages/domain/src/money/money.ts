// Money: a whole number of minor units in one currency. Different currencies never mix.

import type { Currency } from './currency.ts';

/** An exact amount in minor units (cents for EUR, yen for JPY). May be negative; payments refuse what is not positive. */
export interface Money {
  readonly amount: bigint;
  readonly currency: Currency;
}

/** Two currencies met where only one may be: a mistake of the caller, never of the payer. */
export class CurrencyMismatch extends Error {
  readonly code = 'CURRENCY_MISMATCH';
  constructor(a: Currency, b: Currency) {
    super(`amounts in ${a} and ${b} cannot be combined: convert first, or keep one total per currency`);
    this.name = 'CurrencyMismatch';
  }
}

export function money(amount: bigint, currency: Currency): Money {
  return { amount, currency };
}

/** @throws CurrencyMismatch */
export function add(a: Money, b: Money): Money {
  return money(a.amount + sameCurrency(a, b).amount, a.currency);
}

/** @throws CurrencyMismatch */
export function subtract(a: Money, b: Money): Money {
  return money(a.amount - sameCurrency(a, b).amount, a.currency);
}

/**
 * @returns −1, 0 or 1.
 * @throws CurrencyMismatch
 */
export function compare(a: Money, b: Money): -1 | 0 | 1 {
  const other = sameCurrency(a, b).amount;
  if (a.amount === other) return 0;
  return a.amount < other ? -1 : 1;
}

/** True for the same amount in the same currency; never throws. */
export function equals(a: Money, b: Money): boolean {
  return a.amount === b.amount && a.currency === b.currency;
}

function sameCurrency(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new CurrencyMismatch(a.currency, b.currency);
  return b;
}
