import fc from 'fast-check';
import { parseOrganizationId, parseSubjectId } from '@paystrata/domain';
import { describe, expect, it } from 'vitest';
import { packBatch, unpackBatch } from './packed-batch.ts';

const known = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not known');
  return value;
};
const organizationId = fc.constantFrom('acme', 'globex').map((id) => known(parseOrganizationId(id)));
const subject = fc.constantFrom('s1', 's2').map((id) => known(parseSubjectId(id)));
const text = fc.string({ unit: 'binary' });

const entry = fc.record({
  stream: fc.record({ organizationId, category: text, id: text }),
  expected: fc.oneof(fc.nat(), fc.constantFrom('any' as const, 'noStream' as const, 'streamExists' as const)),
  events: fc.array(fc.record({ id: fc.option(text), text }), { minLength: 1, maxLength: 4 }),
  document: fc.option(fc.record({ subject, state: text, sealed: fc.option(text), keepSealed: fc.boolean() })),
  erased: fc.option(subject),
});

describe('a packed batch', () => {
  it('comes out of the copy for another thread as it was', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 10 }), (batch) => {
        expect(unpackBatch(structuredClone(packBatch(batch)))).toEqual(batch);
      }),
    );
  });

  it('of which a part is missing is not taken for whole', () => {
    const packed = packBatch(fc.sample(entry, { numRuns: 3, seed: 1 }));
    expect(() => unpackBatch({ ...packed, texts: packed.texts.slice(0, -1) })).toThrow(/ends before its entry/);
  });
});
