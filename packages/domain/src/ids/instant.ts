// Points in time as the domain sees them: they come in with commands, no clock is read here.

import type { Brand } from './brand.ts';

/** Whole milliseconds since 1970-01-01T00:00:00Z, within what a calendar date can show (±8.64e15). */
export type Instant = Brand<number, 'Instant'>;

const LIMIT = 8.64e15;

/** @throws RangeError unless it is a whole number of milliseconds that a date can show. */
export function instantOf(milliseconds: number): Instant {
  if (!Number.isInteger(milliseconds) || Math.abs(milliseconds) > LIMIT) {
    throw new RangeError(`not an instant in whole milliseconds: ${milliseconds}`);
  }
  return milliseconds as Instant;
}

/** The later of two instants. */
export function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}
