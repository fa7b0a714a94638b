// Turns: in order within a partition, fair between them.

import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('keeps the order within a partition and lets a quiet one go first', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const hot = Array.from({ length: 10_000 }, (_, n) => turns.run('hot', async () => void order.push(`hot ${n}`)));
  expect(turns.waiting('hot')).toBeGreaterThan(9000);
  const quiet = turns.run('quiet', async () => void order.push('quiet'));
  await quiet;
  expect(order.length).toBeLessThan(200);
  await Promise.all(hot);
  const ofHot = order.filter((each) => each !== 'quiet');
  expect(ofHot).toEqual(Array.from({ length: 10_000 }, (_, n) => `hot ${n}`));
});

it('hands on what the work answers and throws, and goes on', async () => {
  const turns = new Turns();
  const work = Array.from({ length: 500 }, (_, n) =>
    turns.run('one', () => (n % 2 === 0 ? Promise.resolve(n) : Promise.reject(new Error(String(n))))),
  );
  const ends = await Promise.allSettled(work);
  expect(ends.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(250);
  expect(ends[498]).toEqual({ status: 'fulfilled', value: 498 });
  await turns.close();
  await expect(turns.run('one', () => Promise.resolve(1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});

it('lets the rest of the process work while there is more to do than one slice', async () => {
  const turns = new Turns();
  let breaks = 0;
  const count = setInterval(() => (breaks += 1), 1);
  const spin = async () => {
    const until = performance.now() + 0.2;
    while (performance.now() < until);
  };
  await Promise.all(Array.from({ length: 200 }, () => turns.run('busy', spin)));
  clearInterval(count);
  expect(breaks).toBeGreaterThan(3);
});
