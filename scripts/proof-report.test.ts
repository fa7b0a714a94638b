import { describe, expect, it } from 'vitest';
import { parseRecord, proofPage } from './proof/page.ts';

const record = {
  part: 'kill',
  property: 'acknowledged is durable',
  store: 'SQLite',
  reached: '200 kills: none lost',
  seconds: 12.5,
  date: '2026-01-02T03:04:05.678Z',
  commit: 'abc1234567',
};

describe('the page', () => {
  it('shows what was reached, where and at which commit', () => {
    const page = proofPage('2026-01-02', '2 cores', [parseRecord(record)]);
    expect(page).toContain('# Proof of 2026-01-02');
    expect(page).toContain('Machine: 2 cores.');
    expect(page).toMatch(
      /\| kill: acknowledged is durable \| SQLite \| .* \| 200 kills: none lost \| 12.5 s \| 2026-01-02 03:04 \| abc1234567 \|/,
    );
  });

  it('says what was not run', () => {
    const page = proofPage('2026-01-02', '2 cores', [parseRecord(record)]);
    expect(page).toMatch(/\| kill \| PostgreSQL \| .* \| \*\*not run\*\* \|/);
    expect(page.match(/not run/g)).toHaveLength(39);
  });
});

it('shows what nobody asked for too', () => {
  const page = proofPage('2026-01-02', '2 cores', [parseRecord({ ...record, part: 'more', store: 'a browser' })]);
  expect(page).toMatch(/\| more: acknowledged is durable \| a browser \| {2}\| 200 kills/);
});

it('refuses what is no record', () => {
  expect(() => parseRecord(null)).toThrow('object');
  expect(() => parseRecord({ ...record, seconds: '1' })).toThrow('seconds');
  expect(() => parseRecord({ ...record, reached: 1 })).toThrow('reached');
});
