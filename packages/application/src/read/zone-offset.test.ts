import { describe, expect, it } from 'vitest';
import { instant } from './testing/sample-payment.ts';
import { isTimezone, zoneOffset } from './zone-offset.ts';

const MINUTE = 60_000;

describe('the offset of a zone', () => {
  it.each([
    ['UTC', '2026-07-01T00:00:00Z', 0],
    ['Europe/Paris', '2026-03-29T00:59:59.999Z', 60],
    ['Europe/Paris', '2026-03-29T01:00:00Z', 120],
    ['America/New_York', '2026-11-01T05:59:59Z', -240],
    ['America/New_York', '2026-11-01T06:00:00Z', -300],
    ['Asia/Kolkata', '2026-01-01T00:00:00Z', 330],
    ['Australia/Lord_Howe', '2026-01-01T00:00:00Z', 660],
    ['Australia/Lord_Howe', '2026-07-01T00:00:00Z', 630],
    ['Asia/Kathmandu', '1969-12-31T23:59:59.001Z', 330],
    ['Africa/Monrovia', '1970-01-01T00:00:00Z', -44.5],
    ['Europe/Paris', '0050-06-01T00:00:00Z', 9 + 21 / 60],
    ['Europe/Paris', '-000100-06-01T00:00:00Z', 9 + 21 / 60],
  ])('%s at %s is %d minutes', (zone, at, minutes) => {
    expect(zoneOffset(instant(at), zone)).toBe(Math.round(minutes * MINUTE));
  });

  it('is known for zones of the database, in any mix of cases, and never fills the memory with them', () => {
    for (let number = 0; number < 2048; number += 1) {
      const name = [...'europe/paris'].map((c, at) => ((number >> at) & 1 ? c.toUpperCase() : c)).join('');
      expect(isTimezone(name)).toBe(true);
    }
    expect(() => zoneOffset(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});
