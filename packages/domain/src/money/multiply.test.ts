// Multiplying by a rate: half to even, with dinero.js as the oracle where the rate is a decimal.

import * as dinero from 'dinero.js/bigint';
import * as dineroCurrencies from 'dinero.js/bigint/currencies';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eur } from '../testing/steps.ts';
import { multiply } from './multiply.ts';

const half = { numerator: 1n, denominator: 2n };

it.each([
  [1n, 0n],
  [3n, 2n],
  [5n, 2n],
  [7n, 4n],
  [-1n, 0n],
  [-3n, -2n],
  [-5n, -2n],
  [-7n, -4n],
  [0n, 0n],
])('rounds half of %d to %d', (whole, rounded) => {
  expect(multiply(eur(whole), half)).toEqual(eur(rounded));
});

it('rounds to the nearest where there is one', () => {
  expect(multiply(eur(10n), { numerator: 1n, denominator: 3n })).toEqual(eur(3n));
  expect(multiply(eur(10n), { numerator: 2n, denominator: 3n })).toEqual(eur(7n));
  expect(multiply(eur(-10n), { numerator: 2n, denominator: 3n })).toEqual(eur(-7n));
  expect(multiply(eur(12_999n), { numerator: 19n, denominator: 100n })).toEqual(eur(2470n));
});

it('rounds as dinero.js does', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.bigInt(-200n, 200n), fc.bigInt(-(10n ** 20n), 10n ** 20n)),
      fc.oneof(fc.bigInt(-40n, 40n), fc.bigInt(-(10n ** 9n), 10n ** 9n)),
      fc.bigInt(0n, 6n),
      (amount, numerator, scale) => {
        const exact = dinero.multiply(dinero.dinero({ amount, currency: dineroCurrencies.EUR }), {
          amount: numerator,
          scale,
        });
        const rounded = dinero.toSnapshot(dinero.transformScale(exact, 2n, dinero.halfEven)).amount;
        expect(multiply(eur(amount), { numerator, denominator: 10n ** scale })).toEqual(eur(rounded));
      },
    ),
    { numRuns: 500 },
  );
});

it('is never further than half a unit from the exact product, and on a tie even', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(-1000n, 1000n), fc.bigInt(1n, 1000n), (amount, numerator, denominator) => {
      const product = multiply(eur(amount), { numerator, denominator }).amount;
      const twiceTheError = 2n * (product * denominator - amount * numerator);
      expect(twiceTheError >= -denominator && twiceTheError <= denominator).toBe(true);
      if (twiceTheError === denominator || twiceTheError === -denominator) expect(product % 2n).toBe(0n);
    }),
  );
});

describe('a rate', () => {
  it.each([0n, -1n])('has no denominator %d', (denominator) => {
    expect(() => multiply(eur(1n), { numerator: 1n, denominator })).toThrow(RangeError);
  });
});
