// How fast something goes on, and how long it will still take.

import { formatDuration } from '../format/time.ts';

export interface Progress {
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
}

/** `12,300 of 100,000 (12 %), 41,000 a second, 2.1 s left`; what is not known yet is left out. */
export function paceText({ done, total }: Progress, milliseconds: number): string {
  const count = done.toLocaleString('en');
  const parts = [
    total === null ? count : `${count} of ${total.toLocaleString('en')} (${Math.floor(share(done, total) * 100)} %)`,
  ];
  const rate = milliseconds > 0 ? done / milliseconds : 0;
  if (rate > 0) parts.push(`${Math.round(rate * 1000).toLocaleString('en')} a second`);
  if (rate > 0 && total !== null && total > done)
    parts.push(`${formatDuration(Math.ceil((total - done) / rate))} left`);
  return parts.join(', ');
}

function share(done: number, total: number): number {
  return total === 0 ? 1 : Math.min(1, done / total);
}
