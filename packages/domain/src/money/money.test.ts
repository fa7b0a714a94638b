// Adding, subtracting and comparing, with dinero.js as the oracle.

import * as dinero from 'dinero.js/bigint';
import * as dineroCurrencies from 'dinero.js/bigint/currencies';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EUR, eur, JPY } from '../testing/steps.ts';
import { add, compare, CurrencyMismatch, equals, money, subtract } from './money.ts';

const amounts = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
const oracle = (amount: bigint) => dinero.dinero({ amount, currency: dineroCurrencies.EUR });
const amountOf = (value: dinero.Dinero<bigint>): bigint => dinero.toSnapshot(value).amount;

it('adds and subtracts as dinero.js does', () => {
  fc.assert(
    fc.property(amounts, amounts, (a, b) => {
      expect(add(eur(a), eur(b))).toEqual(eur(amountOf(dinero.add(oracle(a), oracle(b)))));
      expect(subtract(eur(a), eur(b))).toEqual(eur(amountOf(dinero.subtract(oracle(a), oracle(b)))));
    }),
  );
});

it('compares as dinero.js does', () => {
  const close = fc.tuple(amounts, fc.bigInt(-1n, 1n)).map(([a, by]): [bigint, bigint] => [a, a + by]);
  fc.assert(
    fc.property(fc.oneof(close, fc.tuple(amounts, amounts)), ([a, b]) => {
      expect(compare(eur(a), eur(b))).toBe(Number(dinero.compare(oracle(a), oracle(b))));
      expect(equals(eur(a), eur(b))).toBe(dinero.equal(oracle(a), oracle(b)));
    }),
  );
});

it('takes back what it added, exactly, however large', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
      expect(subtract(add(eur(a), eur(b)), eur(b))).toEqual(eur(a));
    }),
  );
  expect(add(eur(9_007_199_254_740_993n), eur(1n)).amount).toBe(9_007_199_254_740_994n);
});

describe('different currencies', () => {
  it.each([
    ['add', add],
    ['subtract', subtract],
    ['compare', compare],
  ])('do not %s', (_, combine) => {
    const mix = () => combine(eur(1n), money(1n, JPY));
    expect(mix).toThrow(CurrencyMismatch);
    expect(mix).toThrow(expect.objectContaining({ code: 'CURRENCY_MISMATCH', name: 'CurrencyMismatch' }));
  });

  it('are not equal, and asking is no mistake', () => {
    expect(equals(eur(1n), money(1n, JPY))).toBe(false);
    expect(equals(eur(1n), money(1n, EUR))).toBe(true);
  });
});
