// Dates as files write them, in a format that the user names.

import { UsageError } from '../errors/usage-error.ts';

/** Reads a text as midnight UTC, in milliseconds; undefined where it is no date that exists. */
export type ReadDate = (text: string) => number | undefined;

const parts = { YYYY: '(?<year>\\d{4})', MM: '(?<month>\\d{1,2})', DD: '(?<day>\\d{1,2})' } as const;
const token = /YYYY|MM|DD/g;

/**
 * Compiles a format made of `DD`, `MM` and `YYYY` with anything but letters and digits between them, such as
 * `DD/MM/YYYY`, `YYYY-MM-DD` or `MM/DD/YYYY`. A day or month may be written with one digit where something separates it.
 *
 * @throws UsageError for a format without all three.
 */
export function dateReader(format: string): ReadDate {
  const tokens = format.match(token) ?? [];
  const separators = format.split(token);
  if (tokens.length !== 3 || new Set(tokens).size !== 3 || separators.some((each) => /[\p{L}\p{N}]/u.test(each))) {
    throw new UsageError(
      `--date-format "${format}" is not a format of dates`,
      'write DD, MM and YYYY once each, such as DD/MM/YYYY, YYYY-MM-DD or MM/DD/YYYY',
    );
  }
  const pattern = new RegExp(`^${format.replace(/[^A-Z]/g, escaped).replace(token, partOf(separators))}$`);
  return remembering((text) => {
    const found = pattern.exec(text.trim())?.groups;
    return found === undefined
      ? undefined
      : midnight(Number(found['year']), Number(found['month']), Number(found['day']));
  });
}

/** A file names few days many times; so many are remembered. */
const REMEMBERED = 4000;

function remembering(read: ReadDate): ReadDate {
  const known = new Map<string, number>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const date = read(text);
    if (date !== undefined && known.size < REMEMBERED) known.set(text, date);
    return date;
  };
}

function escaped(character: string): string {
  return /\s/.test(character) ? '\\s' : `\\${character}`;
}

/** Without separators between them, days and months need both digits: `2020111` would be ambiguous. */
function partOf(separators: readonly string[]): (part: string) => string {
  const crowded = separators.slice(1, -1).includes('');
  return (part) => {
    const pattern = part === 'YYYY' ? parts.YYYY : part === 'MM' ? parts.MM : parts.DD;
    return crowded ? pattern.replace('{1,2}', '{2}') : pattern;
  };
}

function midnight(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}
