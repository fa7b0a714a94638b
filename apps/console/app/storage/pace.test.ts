import { expect, it } from 'vitest';
import { paceText } from './pace.ts';

it('says how far it is, how fast, and how long it still takes, as far as that is known', () => {
  expect(paceText({ done: 0, total: null }, 0)).toBe('0');
  expect(paceText({ done: 1200, total: null }, 600)).toBe('1,200, 2,000 a second');
  expect(paceText({ done: 25_000, total: 100_000 }, 1000)).toBe('25,000 of 100,000 (25 %), 25,000 a second, 3 s left');
  expect(paceText({ done: 7, total: 7 }, 7)).toBe('7 of 7 (100 %), 1,000 a second');
  expect(paceText({ done: 0, total: 0 }, 1)).toBe('0 of 0 (100 %)');
});
