// Hours as the clocks of a time zone strike them, cut where the clocks are changed.

import { firstWhere } from './local-dates.ts';
import { withinLimit, zoneOffset } from './zone-offset.ts';

const HOUR = 3_600_000;

/** When the hour began: at the full hour on the zone's clocks, or when they were changed within it. */
export function hourStart(instant: number, timezone: string): number {
  const offset = zoneOffset(instant, timezone);
  const struck = fullHour(instant, offset);
  if (zoneOffset(struck, timezone) === offset) return withinLimit(struck);
  return firstWhere((at) => zoneOffset(at, timezone) === offset, struck, instant);
}

/** When the hour ends: at the next full hour, or when the clocks are changed before it. */
export function hourEnd(instant: number, timezone: string): number {
  const offset = zoneOffset(instant, timezone);
  const strikes = fullHour(instant, offset) + HOUR;
  if (zoneOffset(strikes, timezone) === offset) return withinLimit(strikes);
  return firstWhere((at) => zoneOffset(at, timezone) !== offset, instant, strikes);
}

function fullHour(instant: number, offset: number): number {
  return Math.floor((instant + offset) / HOUR) * HOUR - offset;
}
