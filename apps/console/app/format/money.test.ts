// Amounts by the currency's own minor units, exactly.

import { describe, expect, it } from 'vitest';
import { formatAmount, parseAmount, toDecimal } from './money.ts';

describe('amounts', () => {
  it.each([
    [12_999, 'EUR', '129.99 EUR', '129.99'],
    [5, 'EUR', '0.05 EUR', '0.05'],
    [1_234_567, 'JPY', '1,234,567 JPY', '1234567'],
    [1_234_567, 'BHD', '1,234.567 BHD', '1234.567'],
    [100, 'HUF', '1.00 HUF', '1.00'],
    ['900719925474099312345', 'USD', '9,007,199,254,740,993,123.45 USD', '9007199254740993123.45'],
  ])('%s of %s', (minor, currency, text, decimal) => {
    expect(formatAmount(minor, currency)).toBe(text);
    expect(toDecimal(minor, currency)).toBe(decimal);
  });

  it.each([
    ['129.99', 'EUR', 12_999],
    ['1,299.5', 'EUR', 129_950],
    ['7', 'JPY', 7],
    ['7.1', 'JPY', null],
    ['1.234', 'EUR', null],
    ['-1', 'EUR', null],
    ['1e3', 'EUR', null],
    ['', 'EUR', null],
    ['99999999999999999', 'EUR', null],
  ])('reads %j as %s', (text, currency, minor) => {
    expect(parseAmount(text, currency)).toBe(minor);
  });
});
