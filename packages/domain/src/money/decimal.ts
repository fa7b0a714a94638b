// Amounts as people and files write them: decimals in major units, exactly, never through a float.

import { decimalsOf, type Currency } from './currency.ts';
import { money, type Money } from './money.ts';

/** Why a text is not an amount. */
export type DecimalProblem = 'amount_missing' | 'amount_malformed' | 'amount_too_precise';

const plain = /^([+-]?)(\d+)(?:\.(\d*))?$/;
const grouped = /^([+-]?)(\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/;

/**
 * Reads `1234.5`, `1,234.50` or `-3`: a point before the decimals, commas only between groups of three. Spaces around
 * it are ignored. Decimals beyond those of the currency must be zeros.
 */
export function parseDecimal(text: string, currency: Currency): Money | DecimalProblem {
  const trimmed = text.trim();
  if (trimmed === '') return 'amount_missing';
  const match = trimmed.length > 40 ? null : (plain.exec(trimmed) ?? grouped.exec(trimmed));
  if (match === null) return 'amount_malformed';
  const [, sign = '', whole = '', fraction = ''] = match;
  const decimals = decimalsOf(currency);
  if (/[^0]/.test(fraction.slice(decimals))) return 'amount_too_precise';
  const digits = whole.replaceAll(',', '') + fraction.slice(0, decimals).padEnd(decimals, '0');
  const amount = BigInt(digits);
  return money(sign === '-' ? -amount : amount, currency);
}

/** Writes all decimals of the currency, no grouping: `1234.50`, `-0.05`, `300` for yen. */
export function formatDecimal(value: Money): string {
  const decimals = decimalsOf(value.currency);
  const digits = (value.amount < 0n ? -value.amount : value.amount).toString().padStart(decimals + 1, '0');
  const sign = value.amount < 0n ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
