import { expect, it } from 'vitest';
import { Lanes } from './lanes.ts';

it('runs work on one key in order and on different keys side by side, and goes on after a failure', async () => {
  const lanes = new Lanes();
  const seen: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = lanes.run('a', async () => {
    await gate.promise;
    seen.push('a1');
    throw new Error('a1 fails');
  });
  const second = lanes.run('a', async () => void seen.push('a2'));
  await lanes.run('b', async () => void seen.push('b1'));
  expect(seen).toEqual(['b1']);
  gate.resolve();
  await expect(first).rejects.toThrow('a1 fails');
  await second;
  expect(seen).toEqual(['b1', 'a1', 'a2']);
  await Promise.resolve();
  expect(lanes.busy).toBe(0);
});
