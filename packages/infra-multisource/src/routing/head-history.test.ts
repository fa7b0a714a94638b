import { beforeEach, expect, it, vi } from 'vitest';
import { HeadHistory } from './head-history.ts';

let now: number;
let heads: HeadHistory;

beforeEach(() => {
  now = 100_000;
  heads = new HeadHistory(5000);
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => now);
  return () => spy.mockRestore();
});

it('takes what it knows first for old', () => {
  heads.note(7);
  expect(heads.headBefore(5000)).toBe(7);
});

it('knows where the log ended then, and forgets nothing that is asked for', () => {
  heads.note(7);
  for (const head of [8, 9, 10]) {
    now += 2000;
    heads.note(head);
  }
  expect([6000, 5000, 4000, 2000, 0].map((ago) => heads.headBefore(ago))).toEqual([7, 7, 8, 9, 10]);
  now += 60_000;
  heads.note(11);
  expect(heads.headBefore(5000)).toBe(10);
  expect(heads.head).toBe(11);
});

it('does not go back', () => {
  heads.note(7);
  heads.note(5);
  expect(heads.head).toBe(7);
});

it('tells for how long there is more than somebody has', () => {
  heads.note(7);
  now += 1000;
  heads.note(9);
  now += 500;
  expect([heads.behindMs(6), heads.behindMs(7), heads.behindMs(9)]).toEqual([1500, 500, 0]);
});
