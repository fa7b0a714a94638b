// Amounts as people read them: decimals and the currency.

import { formatDecimal, money, parseCurrency } from '@paystrata/application';

/** `129.99 EUR`. An amount in a currency that is not known here stays in minor units. */
export function shownAmount(minorUnits: number | bigint | string, currency: string): string {
  const known = parseCurrency(currency);
  if (known === undefined) return `${minorUnits} minor units of ${currency}`;
  return `${formatDecimal(money(BigInt(minorUnits), known))} ${currency}`;
}
