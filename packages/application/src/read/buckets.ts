// Cutting time into hours, days, weeks and months of a time zone. Engines only count between the edges made here.

import { instantOf, type Instant } from '@paystrata/domain';
import { InvalidMessage } from '../ports/failures.ts';
import { hourEnd, hourStart } from './hour-buckets.ts';
import { dateAt, firstDateOf, nextDate, startOfDate } from './local-dates.ts';
import type { Interval } from './queries.ts';
import { TIME_LIMIT } from './zone-offset.ts';

/** More buckets than this are refused. */
export const MAX_BUCKETS = 1000;

/**
 * The edges of the buckets that hold `first` to `last`, both included: each bucket reaches from an edge to the next, so
 * there is one edge more than buckets. Strictly ascending, without gaps.
 *
 * - A day begins when its date first shows on the zone's clocks: one of 23, 24, 25 or (Lord Howe) 23.5 or 24.5 hours.
 * - Weeks begin on Monday, months on the first.
 * - An hour begins when the clocks show a full hour and wherever they are changed, so no bucket is longer than an hour.
 *
 * @param message the type of the query, for the failure.
 * @throws InvalidMessage for more than 1,000 buckets.
 */
export function bucketEdges(
  first: Instant,
  last: Instant,
  interval: Interval,
  timezone: string,
  message: string,
): readonly Instant[] {
  const edges = [bucketOf(first, interval, timezone).start];
  for (let edge = edges.at(-1); edge !== undefined && edge <= last; edge = edges.at(-1)) {
    if (edges.length > MAX_BUCKETS) {
      const tooMany = `more than ${MAX_BUCKETS} of them: narrow the range or take a longer interval than ${interval}`;
      throw new InvalidMessage(message, [{ path: 'interval', message: tooMany }]);
    }
    const { end } = bucketOf(edge, interval, timezone);
    if (end <= edge) break;
    edges.push(end);
  }
  return edges;
}

export interface Bucket {
  readonly start: Instant;
  readonly end: Instant;
}

/** The bucket that holds the instant: `start` included, `end` not. */
export function bucketOf(instant: Instant, interval: Interval, timezone: string): Bucket {
  if (interval === 'hour') {
    return { start: instantOf(hourStart(instant, timezone)), end: instantOf(hourEnd(instant, timezone)) };
  }
  let date = firstDateOf(dateAt(instant, timezone), interval);
  let start = startOfDate(date, timezone);
  // Where clocks were put back over midnight, the date of an instant can be that of the bucket before.
  for (;;) {
    const next = nextDate(date, interval);
    const end = startOfDate(next, timezone);
    if (instant < end || end >= TIME_LIMIT) return { start: instantOf(start), end: instantOf(end) };
    [date, start] = [next, end];
  }
}

/** As `bucketOf(…).start`, fast for instants that mostly follow one another. */
export function bucketFinder(interval: Interval, timezone: string): (instant: Instant) => Instant {
  let last: Bucket | null = null;
  return (instant) => {
    if (last === null || instant < last.start || instant >= last.end) last = bucketOf(instant, interval, timezone);
    return last.start;
  };
}
