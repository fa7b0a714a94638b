import { compareCodePoints } from '@paystrata/application';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { afterPrefix } from './prefix-range.ts';

it('ends behind all texts that begin with the prefix, and before all others that are larger', () => {
  const text = fc.string({ unit: 'binary', maxLength: 4 }).filter((each) => each.isWellFormed());
  fc.assert(
    fc.property(text, text, (prefix, other) => {
      const end = afterPrefix(prefix);
      const isWithin = (value: string) =>
        compareCodePoints(value, prefix) >= 0 && (end === null || compareCodePoints(value, end) < 0);
      expect(isWithin(prefix + other)).toBe(true);
      expect(isWithin(other)).toBe(other.startsWith(prefix));
    }),
    { numRuns: 500 },
  );
});

it('knows no end of the last text there is, and steps over the halves of surrogate pairs', () => {
  expect(afterPrefix('\u{10ffff}')).toBeNull();
  expect(afterPrefix('a\u{10ffff}')).toBe('b');
  expect(afterPrefix('\ud7ff')).toBe('\ue000');
});
