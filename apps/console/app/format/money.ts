// Amounts as people read them: exact, by the currency's own minor units.

import { decimalsOf, parseCurrency } from '@paystrata/domain';

/** `1,299.50 EUR`; a currency that is none of ours is shown in minor units. */
export function formatAmount(minor: number | string | bigint, currency: string): string {
  return `${formatNumber(minor, currency)} ${currency}`;
}

/** Without the currency, with a comma between thousands. */
export function formatNumber(minor: number | string | bigint, currency: string): string {
  const [whole = '0', fraction] = toDecimal(minor, currency).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** As programs read it: `1299.50`. */
export function toDecimal(minor: number | string | bigint, currency: string): string {
  const amount = BigInt(minor);
  const decimals = decimalsIn(currency);
  const sign = amount < 0n ? '-' : '';
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** @returns the minor units, or null where the text is no amount of the currency. */
export function parseAmount(text: string, currency: string): number | null {
  const decimals = decimalsIn(currency);
  const [, whole, fraction = ''] = /^(\d{1,15})(?:\.(\d+))?$/.exec(text.trim().replaceAll(',', '')) ?? [];
  if (whole === undefined || fraction.length > decimals) return null;
  const minor = Number(`${whole}${fraction.padEnd(decimals, '0')}`);
  return Number.isSafeInteger(minor) ? minor : null;
}

function decimalsIn(code: string): number {
  const currency = parseCurrency(code);
  return currency === undefined ? 0 : decimalsOf(currency);
}
