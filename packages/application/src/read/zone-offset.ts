// How far the clocks of a time zone are ahead of UTC at an instant, from the zone data of the runtime.

/** The widest range an instant can have, in milliseconds around 1970. */
export const TIME_LIMIT = 8.64e15;
/** Beyond it, what the clocks of some zone show is no date any more. */
const OFFSET_LIMIT = TIME_LIMIT - 2 * 86_400_000;
const MAX_FORMATS = 700;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether it names a zone of the IANA database, such as `Europe/Paris`; a bare offset does not. */
export function isTimezone(text: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(text)) return false;
  try {
    formatOf(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Milliseconds to add to UTC to get what the clocks of the zone show; may be negative.
 *
 * @throws RangeError where there is no such zone.
 */
export function zoneOffset(instant: number, timezone: string): number {
  if (timezone === 'UTC') return 0;
  const asked = Math.max(-OFFSET_LIMIT, Math.min(OFFSET_LIMIT, instant));
  const second = Math.floor(asked / 1000) * 1000;
  return localTime(formatOf(timezone), second) - second;
}

/** The nearest instant that a date can show. */
export function withinLimit(milliseconds: number): number {
  return Math.max(-TIME_LIMIT, Math.min(TIME_LIMIT, milliseconds));
}

/** What the clocks show, written as if it were UTC. */
function localTime(format: Intl.DateTimeFormat, second: number): number {
  const fields: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of format.formatToParts(second)) fields[type] = value;
  const year = Number(fields.year);
  const date = new Date(0);
  date.setUTCFullYear(fields.era === 'BC' ? 1 - year : year, Number(fields.month) - 1, Number(fields.day));
  date.setUTCHours(Number(fields.hour), Number(fields.minute), Number(fields.second));
  return date.getTime();
}

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  const numbers = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const format = new Intl.DateTimeFormat('en-US', {
    ...numbers,
    ...{ second: 'numeric', era: 'short', hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn' },
    timeZone: timezone,
  });
  // Names are known in any mix of cases: do not let a caller fill the memory with them.
  if (formats.size >= MAX_FORMATS) formats.clear();
  formats.set(timezone, format);
  return format;
}
