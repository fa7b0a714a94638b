// What a caller is told of an amount that is none.
import { expect, it } from 'vitest';
import { minorUnits } from './fields.ts';

it.each([1.5, '12', null, 2 ** 53])('says of %j what an amount would be', (amount) => {
  expect(minorUnits.safeParse(amount).error?.issues.map(({ message }) => message)).toEqual([
    'must be a whole number of minor units, at most 9007199254740991',
  ]);
});

it('takes whole numbers of either kind', () => {
  expect([12, 12n].map((amount) => minorUnits.parse(amount))).toEqual([12n, 12n]);
});
