import { instantOf } from '@paystrata/domain';
import { expect, it } from 'vitest';
import { createUuidV7Ids } from './uuid-v7.ts';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it('makes UUIDs of version 7 that ascend, also while the clock stands still or goes back', () => {
  let now = Date.UTC(2026, 0, 15);
  const ids = createUuidV7Ids({ now: () => instantOf(now) });
  const made = Array.from({ length: 10_000 }, (_, number) => {
    if (number === 9000) now -= 60_000;
    return ids.next();
  });
  expect(made.every((id) => pattern.test(id))).toBe(true);
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made.map((id) => id.slice(19))).size).toBe(made.length);
});

it('begins with the milliseconds of the clock', () => {
  const now = Date.UTC(2026, 0, 15, 12, 30);
  const [high, low] = createUuidV7Ids({ now: () => instantOf(now) })
    .next()
    .split('-');
  expect(Number.parseInt(`${high}${low}`, 16)).toBe(now);
});
