// Instants as people and programs write them.

import { instantOf, type Instant } from '@paystrata/domain';

const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2}))?$/;

/**
 * Reads RFC 3339 with an offset or `Z`, or a date, which means midnight UTC. What is finer than a millisecond is cut.
 *
 * @returns undefined where it is neither, or no such date exists.
 */
export function parseInstant(text: string): Instant | undefined {
  const [, year, month, day] = text.length > 40 ? [] : (pattern.exec(text) ?? []);
  if (year === undefined || !dateExists(Number(year), Number(month), Number(day))) return undefined;
  const milliseconds = Date.parse(text.toUpperCase().replace(' ', 'T'));
  return Number.isNaN(milliseconds) ? undefined : instantOf(milliseconds);
}

/** `Date` takes the 31st of June for the first of July. */
function dateExists(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
