// The table of currencies against the facts of ISO 4217.

import * as dineroCurrencies from 'dinero.js/bigint/currencies';
import { describe, expect, it } from 'vitest';
import { currencies, decimalsOf, parseCurrency, type Currency } from './currency.ts';

const words = (text: string): string[] => text.split(' ');
const withDecimals = (decimals: number): readonly Currency[] =>
  currencies.filter((each) => decimalsOf(each) === decimals);

describe('the table of currencies', () => {
  it('has these without decimals', () => {
    expect(withDecimals(0)).toEqual(words('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'));
  });

  it('has these with three', () => {
    expect(withDecimals(3)).toEqual(words('BHD IQD JOD KWD LYD OMR TND'));
  });

  it('has all others with two', () => {
    expect(currencies).toHaveLength(155);
    expect(withDecimals(2)).toHaveLength(155 - 16 - 7);
    expect(withDecimals(2)).toEqual(
      expect.arrayContaining(words('EUR USD GBP CHF CNY INR MGA MRU ZWG XCG SLE VED STN')),
    );
  });

  it.each(words('AFN ALL COP HUF IDR IRR KPW LAK LBP MGA MMK PKR SOS SYP YER'))(
    'keeps the two decimals of %s, where Intl shows none',
    (code) => {
      expect(withDecimals(2)).toContain(code);
    },
  );

  it('keeps the three decimals of IQD, where Intl shows none', () => {
    expect(withDecimals(3)).toContain('IQD');
  });

  it('agrees with the table of dinero.js on every currency that both know', () => {
    const theirs = Object.values(dineroCurrencies);
    const both = theirs.filter(({ code }) => parseCurrency(code) !== undefined);
    expect(both.length).toBeGreaterThan(150);
    // They count the fifths of ariary and ouguiya; ISO 4217 gives both two decimals.
    const decimal = both.filter(({ code }) => code !== 'MGA' && code !== 'MRU');
    expect(decimal.filter(({ code, exponent }) => Number(exponent) !== decimalsOf(code as Currency))).toEqual([]);
  });

  it('is sorted, names each once, and cannot be changed', () => {
    expect([...new Set(currencies)].sort()).toEqual(currencies);
    expect(Object.isFrozen(currencies)).toBe(true);
    expect(() => Object.assign(currencies, { 0: 'XXX' })).toThrow(TypeError);
  });
});

describe('a currency', () => {
  it.each(currencies)('is %s', (code) => {
    expect(parseCurrency(code)).toBe(code);
  });

  it.each(words('XAU XAG XPT XPD XXX XTS XDR XSU XUA XBA BOV CLF COU CHE CHW MXV USN UYI UYW'))(
    'is not %s: a metal, a fund or a test',
    (code) => {
      expect(parseCurrency(code)).toBeUndefined();
    },
  );

  it.each(words('ANG BGN CUC DEM HRK LTL SLL ZWL'))('is not %s, which was withdrawn', (code) => {
    expect(parseCurrency(code)).toBeUndefined();
  });

  it.each(['', 'eur', 'EURO', ' EUR', 'EUR\n', 'constructor', '__proto__', '978'])('is not %j', (code) => {
    expect(parseCurrency(code)).toBeUndefined();
  });

  it('has no decimals where it slipped past the types', () => {
    expect(() => decimalsOf('XAU' as Currency)).toThrow(RangeError);
  });
});
