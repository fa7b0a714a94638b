// Which payments the overview is about, and how finely.

type Interval = 'hour' | 'day' | 'week' | 'month';

export interface Range {
  readonly name: string;
  readonly label: string;
  /** Days back from now; null: all payments. */
  readonly days: number | null;
  readonly interval: Interval;
}

export const ranges: readonly Range[] = [
  { name: '1d', label: 'Last 24 hours', days: 1, interval: 'hour' },
  { name: '7d', label: 'Last 7 days', days: 7, interval: 'day' },
  { name: '30d', label: 'Last 30 days', days: 30, interval: 'day' },
  { name: '1y', label: 'Last year', days: 365, interval: 'month' },
  { name: 'all', label: 'All time', days: null, interval: 'month' },
];

export function rangeNamed(name: string | null): Range {
  const found = ranges.find((range) => range.name === name);
  return found ?? { name: 'all', label: 'All time', days: null, interval: 'month' };
}

/** The start of a range in whole hours, so that the question stays the same for a while. */
export function startOf({ days }: Range, now: number): string | null {
  if (days === null) return null;
  const hour = 3_600_000;
  return new Date(Math.floor(now / hour) * hour - days * 24 * hour).toISOString();
}
