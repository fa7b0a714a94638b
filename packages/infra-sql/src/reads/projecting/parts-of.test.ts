import type { RecordedEvent } from '@paystrata/application';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { creation } from '../../testing/entries.ts';
import { partsOf } from './parts-of.ts';

const events = (sizes: readonly number[]): readonly RecordedEvent[] =>
  sizes.flatMap((personalSize) =>
    creation().events.map((event) => {
      if (event.type !== 'PaymentCreated') throw new Error('not a creation');
      return { ...event, data: { ...event.data, personalSize }, position: 1 };
    }),
  );

it('cuts a page by its text: nothing is lost, nothing changes its place', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(0, 10, 90_000, 500_000), { maxLength: 12 }), (sizes) => {
      const page = events(sizes);
      const parts = partsOf(page);
      expect(parts.flat()).toEqual(page);
      for (const part of parts) {
        const size = part.reduce((sum, { data }) => sum + ('personalSize' in data ? data.personalSize : 0), 0);
        expect(part.length === 1 || (part.length > 1 && size <= 200_000)).toBe(true);
      }
    }),
    { numRuns: 20 },
  );
});

it('leaves a page of small events whole', () => {
  expect(partsOf(events(Array.from({ length: 100 }, () => 20)))).toHaveLength(1);
  expect(partsOf([])).toEqual([]);
});
