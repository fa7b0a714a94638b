// Instants as people read them, in the zone that they picked.

const place = 'paystrata.timezone';

export function readZone(): string {
  return localStorage.getItem(place) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function keepZone(zone: string): void {
  localStorage.setItem(place, zone);
}

/** The picked zone's choices: its own, UTC, and all that the browser knows. */
export function zones(): readonly string[] {
  return [...new Set([readZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(name) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
  formats.set(name, known);
  return known;
}

const minute = { day: '2-digit', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;

/** `21 Nov 2026, 15:04`. */
export function formatTime(instant: string, zone: string): string {
  return formatOf(zone, minute).format(new Date(instant));
}

/** With seconds and milliseconds, for events. */
export function formatExactTime(instant: string, zone: string): string {
  return formatOf(zone, { ...minute, second: '2-digit', fractionalSecondDigits: 3 }).format(new Date(instant));
}

export function formatDay(instant: string, zone: string): string {
  return formatOf(zone, { day: '2-digit', month: 'short', year: 'numeric' }).format(new Date(instant));
}

export function formatMonth(instant: string, zone: string): string {
  return formatOf(zone, { month: 'short', year: 'numeric' }).format(new Date(instant));
}

/** `850 ms`, `12.5 s`, `3 min`, `2 h`, `5 d`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds} ms`;
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1000],
  ] as const;
  const [unit, size] = units.find(([, least]) => milliseconds >= least) ?? units[3];
  return `${Number((milliseconds / size).toFixed(1))} ${unit}`;
}
