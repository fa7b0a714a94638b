import { expect, it } from 'vitest';
import { createLanes } from './lanes.ts';

it('runs so much at a time, in the order in which it came, and goes on after a failure', async () => {
  const lanes = createLanes(2);
  const begun: number[] = [];
  const ends = Array.from({ length: 5 }, () => Promise.withResolvers<number>());
  const results = ends.map(({ promise }, number) =>
    lanes.run(() => {
      begun.push(number);
      return promise;
    }),
  );
  const settled = Promise.allSettled(results);
  await expect.poll(() => begun).toEqual([0, 1]);
  ends[1]?.reject(new Error('one failed'));
  await expect.poll(() => begun).toEqual([0, 1, 2]);
  ends[0]?.resolve(0);
  ends[2]?.resolve(2);
  await expect.poll(() => begun).toEqual([0, 1, 2, 3, 4]);
  for (const [number, { resolve }] of ends.entries()) resolve(number);
  expect((await settled).map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true]);
});
