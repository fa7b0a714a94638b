// The fields that queries share, with their defaults.

import { instantOf } from '@paystrata/domain';
import { z } from 'zod';
import { parseInstant } from '../../read/parse-instant.ts';
import type { TimeRange } from '../../read/queries.ts';
import { isTimezone } from '../../read/zone-offset.ts';
import { label, text } from '../fields.ts';

/** A number, or the digits of one as a URL has them. */
export function wholeNumber(least: number, most: number) {
  const message =
    most === Number.MAX_SAFE_INTEGER
      ? `must be a whole number from ${least}`
      : `must be a whole number from ${least} to ${most}`;
  const digits = z.string().regex(/^\d{1,16}$/, message);
  return z
    .union([z.number(), digits.transform(Number)], message)
    .refine((value) => Number.isSafeInteger(value) && value >= least && value <= most, message);
}

/** How many are answered at a time: 10 unless it is said. */
export const limit = wholeNumber(1, 100).default(10);

/** An identifier or a name that is compared exactly. */
export const exactText = label.max(512, 'must have at most 512 characters');

/** What people type into a search field; blank means nothing to look for. */
export const searchText = text
  .max(1000, 'must have at most 1000 characters')
  .transform((value) => (value.trim() === '' ? null : value));

export const cursor = z.string().min(1).max(4096);

/** RFC 3339, a date (midnight UTC), or milliseconds since 1970. */
export const moment = z.union(
  [
    z.string().transform((value, context) => {
      const instant = parseInstant(value);
      if (instant !== undefined) return instant;
      context.addIssue({ code: 'custom', message: 'must be an instant such as 2026-01-31T12:00:00Z' });
      return z.NEVER;
    }),
    z.int().min(-8.64e15).max(8.64e15).transform(instantOf),
  ],
  'must be an instant such as 2026-01-31T12:00:00Z, or a date',
);

const openRange: TimeRange = Object.freeze({ from: null, to: null });

/** `from` is included, `to` is not; open where they are left out. */
export const timeRange = z
  .strictObject({ from: moment.nullable().default(null), to: moment.nullable().default(null) })
  .refine(({ from, to }) => from === null || to === null || from < to, {
    path: ['to'],
    error: 'must be later than `from`',
  })
  .default(openRange);

export const timezone = z
  .string()
  .refine(isTimezone, 'must be a time zone of the IANA database, such as Europe/Paris')
  .default('UTC');
