import fc from 'fast-check';
import { expect, it } from 'vitest';
import { amountDigits, amountFrom, partFields, partsOf } from './amount-fields.ts';

const amount = fc.bigInt({ min: 0n, max: 10n ** 31n });

it('adds up exactly in doubles, part by part', () => {
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 50 }), (amounts) => {
      const parts = amounts.map((each) => partsOf('captured', each));
      const sums = partFields('captured').map((field) => parts.reduce((sum, part) => sum + (part[field] ?? 0), 0));
      expect(amountFrom(sums)).toBe(amounts.reduce((sum, each) => sum + each, 0n));
    }),
  );
});

it('does not answer with sums that doubles no longer tell exactly', () => {
  expect(amountFrom([2 ** 53 - 1, 0, 0, 0])).toBe(2n ** 53n - 1n);
  expect(amountFrom([2 ** 53, 0, 0, 0])).toBeNull();
});

it('sorts digits as the amounts', () => {
  fc.assert(
    fc.property(amount, amount, (a, b) => {
      expect(amountDigits(a) < amountDigits(b)).toBe(a < b);
    }),
  );
});
