// Waiting: the condition counts, and what stood in its way is told.

import { expect, test } from 'vitest';
import { waitUntil } from './wait-until.ts';

test('answers the first result that is there', async () => {
  const looks = [undefined, false, 0, 1];
  expect(await waitUntil('a number', () => looks.shift())).toBe(0);
});

test('an exception means: not yet', async () => {
  let looks = 0;
  const seen = await waitUntil('the third look', () => {
    looks += 1;
    if (looks < 3) throw new Error('too early');
    return looks;
  });
  expect(seen).toBe(3);
});

test('names what it waited for, and the last exception as cause', async () => {
  const late = new Error('still not');
  const waiting = waitUntil('the end', () => Promise.reject(late), { timeoutMs: 30 });
  await expect(waiting).rejects.toThrow('waited 30 ms for the end');
  await expect(waiting).rejects.toHaveProperty('cause', late);
});

test('gives up at once', async () => {
  const giveUp = (): void => {
    throw new Error('it has ended');
  };
  await expect(waitUntil('an answer', () => undefined, { giveUp })).rejects.toThrow('it has ended');
});
