// What is found in texts, and texts as CSV.

import type { PaymentView } from '../api/types.ts';
import { describe, expect, it } from 'vitest';
import { csvHeader, csvLine } from './csv.ts';
import { highlight } from './highlight.ts';
import { formatDuration, formatTime } from './time.ts';

const found = (text: string, search: string) =>
  highlight(text, search)
    .map((part) => (part.found ? `[${part.text}]` : part.text))
    .join('');

describe('highlight', () => {
  it.each([
    ['Sheltered Accommodation', 'shelt', '[Sheltered] Accommodation'],
    ['Ångström cafés', 'angstrom cafe', '[Ångström] [cafés]'],
    ['one two three', 'one th', '[one] two [three]'],
    ['<script>alert(1)</script>', 'script', '<[script]>alert(1)</[script]>'],
    ['nothing', '  ', 'nothing'],
  ])('%s, looking for %s', (text, search, expected) => {
    expect(found(text, search)).toBe(expected);
  });
});

describe('csv', () => {
  const payment = {
    ...{ id: 'p', status: 'completed', amount: 1000, captured: 1000, refunded: 0, currency: 'EUR', failure: null },
    ...{ reference: 'a,"b"', customer: { name: '=cmd()', email: null }, description: 'two\nlines' },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-02T00:00:00.000Z' },
  } as PaymentView;

  it('quotes what must be, and lets no spreadsheet run a formula', () => {
    expect(csvLine(payment)).toBe(
      'p,completed,10.00,10.00,0.00,EUR,"a,""b""",\'=cmd(),,"two\nlines",2026-01-01T00:00:00.000Z,2026-01-02T00:00:00.000Z,\r\n',
    );
    expect(csvHeader.split(',')).toHaveLength(13);
  });
});

describe('times', () => {
  it.each([
    [850, '850 ms'],
    [12_500, '12.5 s'],
    [180_000, '3 min'],
    [7_200_000, '2 h'],
    [432_000_000, '5 d'],
  ])('%d', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it('are those of the picked zone, over daylight saving and half hours', () => {
    expect(formatTime('2026-03-29T01:30:00.000Z', 'Europe/Paris')).toBe('29 Mar 2026, 03:30');
    expect(formatTime('2026-11-21T20:00:00.000Z', 'Asia/Kolkata')).toBe('22 Nov 2026, 01:30');
  });
});
