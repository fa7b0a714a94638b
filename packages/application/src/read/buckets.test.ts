import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, type Instant } from '@paystrata/domain';
import { bucketEdges, bucketFinder, bucketOf, MAX_BUCKETS } from './buckets.ts';
import { intervals, type Interval } from './queries.ts';
import { instant } from './testing/sample-payment.ts';
import { zoneOffset } from './zone-offset.ts';

const HOUR = 3_600_000;
const zones = Intl.supportedValuesOf('timeZone');
const difficult = [
  ...['Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns', 'UTC'],
  ...['Pacific/Apia', 'America/Sao_Paulo', 'America/Havana', 'Asia/Kathmandu', 'Pacific/Chatham', 'Africa/Casablanca'],
  ...['Africa/Cairo', 'Asia/Beirut', 'Antarctica/Troll', 'Pacific/Kiritimati', 'Europe/Dublin', 'Africa/Monrovia'],
];
const anyZone = fc.oneof(fc.constantFrom(...difficult), fc.constantFrom(...zones));
const anyInterval = fc.constantFrom(...intervals);
const anyInstant = fc.integer({ min: Date.UTC(1965, 0), max: Date.UTC(2037, 11) }).map(instantOf);

const edges = (from: string, to: string, interval: Interval, timezone: string): readonly string[] =>
  bucketEdges(instant(from), instantOf(instant(to) - 1), interval, timezone, 'Test').map((edge) =>
    new Date(edge).toISOString().replace(':00.000Z', ''),
  );
/** The hours between each edge and the next. */
const hours = (from: string, to: string, interval: Interval, timezone: string): readonly number[] => {
  const all = bucketEdges(instant(from), instantOf(instant(to) - 1), interval, timezone, 'Test');
  return all.slice(1).map((edge, index) => (edge - (all[index] ?? 0)) / HOUR);
};
/** What the clocks of the zone show. */
const shown = (at: Instant, timezone: string): string =>
  new Date(at + zoneOffset(at, timezone)).toISOString().replace(':00.000Z', '').replace('T', ' ');

describe('days', () => {
  it('of Paris have 23 hours in spring and 25 in autumn', () => {
    expect(hours('2026-03-27T23:00:00Z', '2026-03-30T22:00:00Z', 'day', 'Europe/Paris')).toEqual([24, 23, 24]);
    expect(hours('2026-10-23T22:00:00Z', '2026-10-26T23:00:00Z', 'day', 'Europe/Paris')).toEqual([24, 25, 24]);
  });

  it('of New York have 23 hours in spring and 25 in autumn', () => {
    expect(hours('2026-03-07T05:00:00Z', '2026-03-10T04:00:00Z', 'day', 'America/New_York')).toEqual([24, 23, 24]);
    expect(hours('2026-10-31T04:00:00Z', '2026-11-03T05:00:00Z', 'day', 'America/New_York')).toEqual([24, 25, 24]);
  });

  it('of Kolkata begin half an hour before the full hour of UTC', () => {
    expect(edges('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 'day', 'Asia/Kolkata')).toEqual([
      '2025-12-31T18:30',
      '2026-01-01T18:30',
      '2026-01-02T18:30',
    ]);
  });

  it('of Lord Howe have half an hour more or less where the clocks are changed', () => {
    expect(hours('2026-04-03T13:00:00Z', '2026-04-06T13:30:00Z', 'day', 'Australia/Lord_Howe')).toEqual([24, 24.5, 24]);
    expect(hours('2026-10-02T13:30:00Z', '2026-10-05T13:00:00Z', 'day', 'Australia/Lord_Howe')).toEqual([24, 23.5, 24]);
  });

  it('begin when midnight is skipped with the first instant of the date', () => {
    const first = bucketOf(instant('2017-10-15T12:00:00Z'), 'day', 'America/Sao_Paulo').start;
    expect(shown(first, 'America/Sao_Paulo')).toBe('2017-10-15 01:00');
  });

  it('begin where midnight comes twice with the first one', () => {
    const { start, end } = bucketOf(instant('2025-11-02T12:00:00Z'), 'day', 'America/Havana');
    expect([new Date(start).toISOString(), (end - start) / HOUR]).toEqual(['2025-11-02T04:00:00.000Z', 25]);
  });

  it('that were skipped whole have no bucket', () => {
    expect(edges('2011-12-29T12:00:00Z', '2011-12-31T00:00:00Z', 'day', 'Pacific/Apia')).toEqual([
      '2011-12-29T10:00',
      '2011-12-30T10:00',
      '2011-12-31T10:00',
    ]);
  });

  it('hold what comes after their first midnight, though the clocks went back over it', () => {
    const { start, end } = bucketOf(instant('2006-10-29T03:00:00Z'), 'day', 'America/St_Johns');
    expect(shown(instant('2006-10-29T03:00:00Z'), 'America/St_Johns')).toBe('2006-10-28 23:30');
    expect([start, end]).toEqual([instant('2006-10-29T02:30:00Z'), instant('2006-10-30T03:30:00Z')]);
  });

  it('tile the time also where the clocks went back over midnight', () => {
    expect(hours('2006-10-28T02:30:00Z', '2006-10-31T03:30:00Z', 'day', 'America/St_Johns')).toEqual([24, 25, 24]);
  });
});

describe('hours', () => {
  it('of Paris are skipped in spring and come twice in autumn', () => {
    const spring = edges('2026-03-29T00:00:00Z', '2026-03-29T02:00:00Z', 'hour', 'Europe/Paris');
    expect(spring).toEqual(['2026-03-29T00:00', '2026-03-29T01:00', '2026-03-29T02:00']);
    expect(hours('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 'hour', 'Europe/Paris')).toEqual(Array(25).fill(1));
  });

  it('of Kolkata are not cut by those of UTC', () => {
    expect(edges('2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z', 'hour', 'Asia/Kolkata')).toEqual([
      '2025-12-31T23:30',
      '2026-01-01T00:30',
      '2026-01-01T01:30',
    ]);
  });

  it('of Lord Howe are cut where the clocks are changed by half an hour', () => {
    const zone = 'Australia/Lord_Howe';
    expect(hours('2026-04-04T14:00:00Z', '2026-04-04T16:30:00Z', 'hour', zone)).toEqual([1, 0.5, 1]);
    expect(edges('2026-04-04T14:00:00Z', '2026-04-04T15:30:00Z', 'hour', zone)).toEqual([
      '2026-04-04T14:00',
      '2026-04-04T15:00',
      '2026-04-04T15:30',
    ]);
    expect(hours('2026-10-03T14:30:00Z', '2026-10-03T17:00:00Z', 'hour', zone)).toEqual([1, 0.5, 1]);
    const { start, end } = bucketOf(instant('2026-04-04T15:15:00Z'), 'hour', zone);
    expect([start, end]).toEqual([instant('2026-04-04T15:00:00Z'), instant('2026-04-04T15:30:00Z')]);
  });
});

describe('hours of Newfoundland, where clocks were changed a minute after midnight,', () => {
  it('are cut at that minute', () => {
    const minutes = (from: string, to: string) =>
      hours(from, to, 'hour', 'America/St_Johns').map((length) => Math.round(length * 60));
    expect(minutes('2006-10-29T01:30:00Z', '2006-10-29T04:30:00Z')).toEqual([60, 1, 59, 60]);
    expect(bucketOf(instant('2006-10-29T03:00:00Z'), 'hour', 'America/St_Johns').start).toBe(
      instant('2006-10-29T02:31:00Z'),
    );
  });
});

describe('weeks and months', () => {
  it('begin on Monday, also in the first week of a year', () => {
    const { start } = bucketOf(instant('2027-01-01T12:00:00Z'), 'week', 'Europe/Paris');
    expect(shown(start, 'Europe/Paris')).toBe('2026-12-28 00:00');
    expect(new Date(start).getUTCDay()).toBe(0);
  });

  it('begin on the first, in leap years too', () => {
    expect(edges('2024-01-31T12:00:00Z', '2024-04-01T00:00:00Z', 'month', 'UTC')).toEqual([
      '2024-01-01T00:00',
      '2024-02-01T00:00',
      '2024-03-01T00:00',
      '2024-04-01T00:00',
    ]);
  });
});

describe('buckets', () => {
  it('tile any range in any zone without gaps, each at least a moment long', () => {
    fc.assert(
      fc.property(anyInstant, fc.nat(40 * 24 * HOUR), anyInterval, anyZone, (first, length, interval, timezone) => {
        const last = instantOf(first + length);
        const all = bucketEdges(first, last, interval, timezone, 'Test');
        expect(all[0]).toBeLessThanOrEqual(first);
        expect(all.at(-1)).toBeGreaterThan(last);
        expect(all.at(-2)).toBeLessThanOrEqual(last);
        for (const [index, edge] of all.slice(1).entries()) expect(edge).toBeGreaterThan(all[index] ?? Infinity);
      }),
      { numRuns: 300 },
    );
  });

  it('hold an instant between the same edges, wherever one begins to look', () => {
    const anyPart = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        anyInstant,
        fc.nat(9 * 24 * HOUR),
        anyPart,
        anyInterval,
        anyZone,
        (first, length, part, interval, zone) => {
          const all = bucketEdges(first, instantOf(first + length), interval, zone, 'Test');
          const within = instantOf(first + Math.floor(length * part));
          const expected = all.findLast((edge) => edge <= within);
          expect(bucketOf(within, interval, zone).start).toBe(expected);
          expect(all).toContain(bucketOf(within, interval, zone).end);
          const find = bucketFinder(interval, zone);
          expect([first, within, first, within].map(find)).toEqual([all[0], expected, all[0], expected]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of hours are never longer than an hour, and begin with the clocks or their change', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, timezone) => {
        const { start, end } = bucketOf(at, 'hour', timezone);
        expect(end - start).toBeLessThanOrEqual(HOUR);
        const struck = (start + zoneOffset(start, timezone)) % HOUR === 0;
        expect(struck || zoneOffset(start, timezone) !== zoneOffset(start - 1, timezone)).toBe(true);
      }),
    );
  });

  it('begin a date when it first shows on the clocks', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, timezone) => {
        const { start } = bucketOf(at, 'day', timezone);
        const dateOf = (instant: number) => shown(instantOf(instant), timezone).slice(0, 10);
        expect(dateOf(start) > dateOf(start - 1)).toBe(true);
      }),
    );
  });

  it('are refused when there are more than a thousand', () => {
    const first = instantOf(0);
    expect(bucketEdges(first, instantOf(MAX_BUCKETS * HOUR - 1), 'hour', 'UTC', 'Test')).toHaveLength(MAX_BUCKETS + 1);
    expect(() => bucketEdges(first, instantOf(MAX_BUCKETS * HOUR), 'hour', 'UTC', 'Test')).toThrow(
      expect.objectContaining({ code: 'INVALID_MESSAGE', issues: [expect.objectContaining({ path: 'interval' })] }),
    );
  });

  it.each(intervals)('of %s exist at both ends of time', (interval) => {
    for (const at of [-8.64e15, 8.64e15]) {
      for (const zone of ['UTC', 'Europe/Paris', 'America/New_York']) {
        const { start, end } = bucketOf(instantOf(at), interval, zone);
        expect(start <= at && at <= end).toBe(true);
      }
    }
  });
});
