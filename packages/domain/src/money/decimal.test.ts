// Decimals as people write them, read and written without loss.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EUR, eur, JPY, known } from '../testing/steps.ts';
import { currencies, decimalsOf, parseCurrency } from './currency.ts';
import { formatDecimal, parseDecimal } from './decimal.ts';
import { money } from './money.ts';

const BHD = known(parseCurrency('BHD'));

it.each([
  ['1234.5', 123_450n],
  ['1,234.50', 123_450n],
  ['1,234,567', 123_456_700n],
  ['-3', -300n],
  ['+3', 300n],
  ['0.05', 5n],
  ['-0.05', -5n],
  ['0', 0n],
  ['-0.00', 0n],
  ['007', 700n],
  ['12.', 1200n],
  [' 12.30\t', 1230n],
  ['1.2300000', 123n],
  ['9'.repeat(40), 10n ** 42n - 100n],
  ['99999999999999999999.99', 9_999_999_999_999_999_999_999n],
])('reads %j as %d cents', (text, cents) => {
  expect(parseDecimal(text, EUR)).toEqual(eur(cents));
});

it('reads and writes as many decimals as the currency has', () => {
  expect(parseDecimal('1.5', BHD)).toEqual(money(1500n, BHD));
  expect(parseDecimal('300', JPY)).toEqual(money(300n, JPY));
  expect(formatDecimal(money(5n, BHD))).toBe('0.005');
  expect(formatDecimal(money(-300n, JPY))).toBe('-300');
  expect(formatDecimal(eur(-5n))).toBe('-0.05');
  expect(formatDecimal(eur(123_450n))).toBe('1234.50');
  expect(formatDecimal(eur(0n))).toBe('0.00');
});

it.each(['', ' ', '\t\n'])('misses an amount in %j', (text) => {
  expect(parseDecimal(text, EUR)).toBe('amount_missing');
});

it.each([
  'abc',
  '1.234,56',
  '1,23',
  '1,2345',
  ',123',
  '1,,234',
  '1234,567',
  '1 234',
  '1.2.3',
  '--1',
  '+-1',
  '1-',
  '-',
  '.',
  '€5',
  '5 EUR',
  '1e3',
  '0x10',
  '(5.00)',
  '１２',
  '٣',
  'Infinity',
  'NaN',
  '1_000',
  '1.5,000',
  '9'.repeat(41),
])('does not read %j', (text) => {
  expect(parseDecimal(text, EUR)).toBe('amount_malformed');
});

it.each([
  ['0.001', EUR],
  ['1.239', EUR],
  ['1,234.567', EUR],
  ['0.5', JPY],
  ['1.0005', BHD],
])('finds %j too precise for %s', (text, currency) => {
  expect(parseDecimal(text, currency)).toBe('amount_too_precise');
});

describe.each(currencies)('in %s', (currency) => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), (amount) => {
        const written = formatDecimal(money(amount, currency));
        expect(parseDecimal(written, currency)).toEqual(money(amount, currency));
        expect(written.split('.')[1]?.length ?? 0).toBe(decimalsOf(currency));
      }),
      { numRuns: 20 },
    );
  });
});

it('answers any text, and quickly', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('1', '0', ',', '.', '-', '+', ' ', 'x') }), (text) => {
      const read = parseDecimal(text, EUR);
      if (typeof read !== 'string') expect(parseDecimal(formatDecimal(read), EUR)).toEqual(read);
    }),
    { numRuns: 1000 },
  );
  expect(parseDecimal(`${'1,111'.repeat(100_000)}x`, EUR)).toBe('amount_malformed');
});
