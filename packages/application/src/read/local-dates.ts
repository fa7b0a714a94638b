// Dates of a time zone's calendar, and the instants at which they begin.

import type { Interval } from './queries.ts';
import { withinLimit, zoneOffset } from './zone-offset.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Zones are between 12 hours behind UTC and 14 hours ahead of it; 15 and 56 minutes were added once. */
const WIDEST_OFFSET = 16 * HOUR;

/** A date of the calendar, as the milliseconds of its midnight in UTC. */
export type LocalDate = number;

/** The date that the zone's clocks show. */
export function dateAt(instant: number, timezone: string): LocalDate {
  return Math.floor((instant + zoneOffset(instant, timezone)) / DAY) * DAY;
}

/** The first date of the day, week (Monday) or month that a date is in. */
export function firstDateOf(date: LocalDate, interval: Exclude<Interval, 'hour'>): LocalDate {
  const calendar = new Date(withinLimit(date));
  if (interval === 'day') return date;
  if (interval === 'week') return date - ((calendar.getUTCDay() + 6) % 7) * DAY;
  return date - (calendar.getUTCDate() - 1) * DAY;
}

/** The first date of the next day, week or month; takes a first date. */
export function nextDate(date: LocalDate, interval: Exclude<Interval, 'hour'>): LocalDate {
  if (interval === 'day') return date + DAY;
  if (interval === 'week') return date + 7 * DAY;
  return firstDateOf(date + 31 * DAY, 'month');
}

/**
 * The first instant at which the zone's clocks show the date's midnight or, where they skip it, jump over it. The same
 * as the next date's where a whole date is skipped, as in Apia in 2011.
 */
export function startOfDate(date: LocalDate, timezone: string): number {
  const before = zoneOffset(date - WIDEST_OFFSET, timezone);
  const usual = date - before;
  if (zoneOffset(usual, timezone) === before) return withinLimit(usual);
  return withinLimit(searchStart(date, timezone));
}

/** Looks hour by hour for the clocks to reach the date, then for the millisecond. */
function searchStart(date: LocalDate, timezone: string): number {
  const reached = (instant: number) => instant + zoneOffset(instant, timezone) >= date;
  let low = date - WIDEST_OFFSET;
  let high = low + HOUR / 4;
  while (!reached(high)) [low, high] = [high, high + HOUR / 4];
  return firstWhere(reached, low, high);
}

/** The first whole millisecond in (low, high] where it holds; it does not at `low` and does at `high`. */
export function firstWhere(holds: (instant: number) => boolean, low: number, high: number): number {
  let [no, yes] = [low, high];
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
