import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bucketsHolding, takeApart } from './time-levels.ts';

const HOUR = 3_600_000;
const YEAR = 366 * 24 * HOUR;
const instant = fc.oneof(
  fc.integer({ min: -2 * YEAR, max: 60 * YEAR }),
  fc.integer({ min: -900, max: 20_000 }).map((hours) => hours * HOUR),
);
const end = fc.option(instant, { nil: null, freq: 4 });

/** How often the parts of a range count an instant. */
function timesCounted(at: number, from: number | null, to: number | null): number {
  const { buckets, edges } = takeApart(from, to);
  const held = bucketsHolding(at);
  const inBuckets = buckets.filter(({ level, first, last }) =>
    held.some(
      (own) => own.level === level && (first === null || own.bucket >= first) && (last === null || own.bucket < last),
    ),
  );
  return inBuckets.length + edges.filter((edge) => at >= edge.from && at < edge.to).length;
}

it('counts what is in a range once, and what is not never', () => {
  fc.assert(
    fc.property(end, end, instant, fc.integer({ min: -2, max: 2 }), (from, to, any, beside) => {
      for (const at of [any, (from ?? any) + beside, (to ?? any) + beside]) {
        const isIn = (from === null || at >= from) && (to === null || at < to);
        expect(timesCounted(at, from, to)).toBe(isIn ? 1 : 0);
      }
    }),
    { numRuns: 2000 },
  );
});

it('takes few parts, however long the range is', () => {
  const { buckets, edges } = takeApart(1, 50 * YEAR + 1);
  expect(buckets.length).toBeLessThanOrEqual(5);
  const rows = buckets
    .filter(({ level }) => level < 2)
    .reduce((sum, { first, last }) => sum + (last ?? 0) - (first ?? 0), 0);
  expect(rows).toBeLessThanOrEqual(2 * (23 + 31));
  expect(edges.map(({ from, to }) => to - from).every((length) => length < HOUR)).toBe(true);
});
