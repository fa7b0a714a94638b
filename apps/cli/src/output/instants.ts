// Points in time as people read them.

/** `2020-06-24 00:00:00` in UTC, for an RFC 3339 instant. */
export function shownInstant(instant: string): string {
  return instant.replace('T', ' ').replace(/(\.\d+)?Z$/, '');
}

/** `1.2 s`, `3 min`, `4 h`, `5 d`: a length of time, in milliseconds, to one or two digits. */
export function shownDuration(milliseconds: number): string {
  const units = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ] as const;
  const [size, unit] = units.find(([length]) => milliseconds >= length) ?? [1, 'ms'];
  const value = milliseconds / size;
  return `${unit === 'ms' || value >= 10 ? Math.round(value) : value.toFixed(1)} ${unit}`;
}
