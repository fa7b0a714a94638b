// Splitting money: nothing is lost, nothing is left, and ties always fall the same way.

import * as dinero from 'dinero.js/bigint';
import * as dineroCurrencies from 'dinero.js/bigint/currencies';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EUR, eur } from '../testing/steps.ts';
import { allocate } from './allocate.ts';

const split = (whole: bigint, ratios: readonly bigint[]) => allocate(eur(whole), ratios).map(({ amount }) => amount);

const wholes = fc.oneof(fc.bigInt(-100n, 100n), fc.bigInt(-(10n ** 20n), 10n ** 20n));
const ratios = fc
  .array(fc.oneof(fc.constant(0n), fc.bigInt(0n, 9n), fc.bigInt(0n, 10n ** 12n)), { minLength: 1, maxLength: 10 })
  .filter((each) => each.some((ratio) => ratio > 0n));

it.each([
  [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
  [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
  [100n, [50n, 50n], [50n, 50n]],
  [1n, [1n, 1n], [1n, 0n]],
  [5n, [3n, 7n], [2n, 3n]],
  [10n, [1n, 5n, 4n, 0n], [1n, 5n, 4n, 0n]],
  [101n, [1n, 0n, 2n], [34n, 0n, 67n]],
  [3n, [1n, 1n, 1n, 1n, 1n], [1n, 1n, 1n, 0n, 0n]],
  [0n, [1n, 2n], [0n, 0n]],
  [7n, [9n], [7n]],
])('splits %d by %s', (whole, parts, expected) => {
  expect(split(whole, parts)).toEqual(expected);
});

it('gives the rest to the largest remainders, not to the largest ratios', () => {
  // Exactly 5.0, 3.33… and 1.66…: the one unit that is left is the last one's.
  expect(split(10n, [15n, 10n, 5n])).toEqual([5n, 3n, 2n]);
});

it('splits into equal parts as dinero.js does', () => {
  fc.assert(
    fc.property(wholes, fc.integer({ min: 1, max: 9 }), (whole, parts) => {
      const equal = Array.from({ length: parts }, () => 1n);
      const theirs = dinero.allocate(dinero.dinero({ amount: whole, currency: dineroCurrencies.EUR }), equal);
      expect(split(whole, equal)).toEqual(theirs.map((part) => dinero.toSnapshot(part).amount));
    }),
  );
});

it('has dinero.js add up to the same whole, each part within one unit of ours', () => {
  fc.assert(
    fc.property(wholes, ratios, (whole, parts) => {
      const theirs = dinero
        .allocate(dinero.dinero({ amount: whole, currency: dineroCurrencies.EUR }), parts)
        .map((part) => dinero.toSnapshot(part).amount);
      const ours = split(whole, parts);
      expect(sum(theirs)).toBe(sum(ours));
      for (const [index, part] of ours.entries()) expect(distance(part, theirs[index])).toBeLessThanOrEqual(1n);
    }),
  );
});

it('adds up exactly; each part is within one unit of its exact share, has its sign, and 0 gets nothing', () => {
  fc.assert(
    fc.property(wholes, ratios, (whole, parts) => {
      const total = sum(parts);
      const ours = split(whole, parts);
      expect(sum(ours)).toBe(whole);
      for (const [index, part] of ours.entries()) {
        const ratio = parts[index] ?? 0n;
        expect(distance(part * total, whole * ratio)).toBeLessThan(total);
        expect(part === 0n || part > 0n === whole > 0n).toBe(true);
        if (ratio === 0n) expect(part).toBe(0n);
      }
    }),
  );
});

it('never gives a larger ratio less, nor a later one of the same ratio more', () => {
  fc.assert(
    fc.property(
      wholes.map((whole) => (whole < 0n ? -whole : whole)),
      ratios,
      (whole, parts) => {
        const ours = split(whole, parts);
        for (const [i, ratio] of parts.entries()) {
          for (const [j, other] of parts.entries()) {
            if (ratio > other || (ratio === other && i < j)) expect(ours[i]).toBeGreaterThanOrEqual(ours[j] ?? 0n);
          }
        }
      },
    ),
  );
});

it('mirrors a negative whole', () => {
  fc.assert(
    fc.property(wholes, ratios, (whole, parts) => {
      expect(split(-whole, parts)).toEqual(split(whole, parts).map((part) => -part));
    }),
  );
});

describe('ratios', () => {
  it.each([{ bad: [] }, { bad: [0n] }, { bad: [0n, 0n] }, { bad: [-1n, 2n] }, { bad: [1n, -1n] }])(
    'are not $bad',
    ({ bad }) => {
      expect(() => allocate(eur(10n), bad)).toThrow(RangeError);
    },
  );

  it('leave the currency as it is', () => {
    expect(allocate(eur(3n), [1n, 2n])).toEqual([
      { amount: 1n, currency: EUR },
      { amount: 2n, currency: EUR },
    ]);
  });
});

function sum(parts: readonly bigint[]): bigint {
  return parts.reduce((total, part) => total + part, 0n);
}

function distance(a: bigint, b: bigint | undefined): bigint {
  const difference = a - (b ?? 0n);
  return difference < 0n ? -difference : difference;
}
