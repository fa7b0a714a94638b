import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestRank } from './percentiles.ts';

describe('the nearest rank', () => {
  it('is null without values', () => {
    expect(nearestRank([], 50)).toBeNull();
  });

  it.each([
    [5, 15],
    [30, 20],
    [40, 20],
    [50, 35],
    [100, 50],
  ])('of the well-known example at %i %% is %i', (percent, value) => {
    expect(nearestRank([15, 20, 35, 40, 50], percent)).toBe(value);
  });

  it('is the smallest value that so many do not exceed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const sorted = values.sort((a, b) => a - b);
        const enough = (value: number) =>
          sorted.filter((each) => each <= value).length * 100 >= percent * sorted.length;
        expect(nearestRank(sorted, percent)).toBe(sorted.find(enough));
      }),
    );
  });
});
