// Which numbers are points in time.

import { describe, expect, it } from 'vitest';
import { instantOf, later } from './instant.ts';

describe('an instant', () => {
  it.each([0, 1, -1, Date.UTC(2026, 0, 1), 8.64e15, -8.64e15])('is %s', (milliseconds) => {
    expect(instantOf(milliseconds)).toBe(milliseconds);
    expect(new Date(instantOf(milliseconds)).getTime()).toBe(milliseconds);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1, -8.64e15 - 1])('is not %s', (milliseconds) => {
    expect(() => instantOf(milliseconds)).toThrow(RangeError);
  });

  it('knows the later of two', () => {
    expect(later(instantOf(1), instantOf(2))).toBe(2);
    expect(later(instantOf(2), instantOf(1))).toBe(2);
    expect(later(instantOf(3), instantOf(3))).toBe(3);
  });
});
