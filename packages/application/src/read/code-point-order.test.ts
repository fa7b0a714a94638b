import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCodePoints } from './code-point-order.ts';

/** Letters from both sides of the surrogates. */
const anyText = fc.string({
  unit: fc.constantFrom('a', 'b', 'é', '\u4e00', '\ue000', '\uffff', '\u{10000}', '\u{1f600}'),
});

describe('the order by code point', () => {
  it('is the order of UTF-8 bytes', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(compareCodePoints(a, b)).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('puts emoji behind every letter of the basic plane, unlike `<`', () => {
    expect('\u{1f600}' < '\uff21').toBe(true);
    expect(compareCodePoints('\u{1f600}', '\uff21')).toBe(1);
  });
});
