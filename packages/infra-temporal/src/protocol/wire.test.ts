// Whatever crosses Temporal comes back as it was.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromWire, toWire } from './wire.ts';

const leaf = fc.oneof(
  fc.bigInt(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('$bigint', '$$', '__proto__'),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const key = fc.oneof(fc.string(), fc.constantFrom('$bigint', '$$bigint', '$', '__proto__', 'constructor'));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value')), fc.dictionary(key, tie('value'))),
}));

describe('the wire', () => {
  it('carries every value through JSON, bigints and keys of any name included', () => {
    fc.assert(
      fc.property(value, (given) => {
        const sent = JSON.parse(JSON.stringify(toWire(given))) as never;
        expect(fromWire<unknown>(sent)).toEqual(given);
      }),
    );
  });

  it('shows amounts as decimal strings', () => {
    const amount = { amount: 12n ** 20n, currency: 'EUR' };
    expect(toWire(amount)).toEqual({ amount: { $bigint: '3833759992447475122176' }, currency: 'EUR' });
  });

  it('is not fooled by metadata that looks like a bigint', () => {
    const metadata = { $bigint: '12', $$bigint: '13' };
    expect(fromWire(toWire(metadata))).toEqual(metadata);
  });

  it('leaves out what is undefined, as JSON does', () => {
    expect(toWire({ a: undefined, b: 1 })).toEqual({ b: 1 });
  });
});
