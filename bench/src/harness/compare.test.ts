import { expect, it } from 'vitest';
import { compare, spreadOf } from './compare.ts';

it('takes the median of odd and even numbers of values', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
  expect(spreadOf([4, 1, 2, 3])).toEqual({ min: 1, median: 2.5, max: 4 });
});

it('runs every contender once a round, beginning with another one each time', async () => {
  const order: string[] = [];
  const contender = (name: string) => ({
    name,
    prepare: () => ({
      run: () => {
        order.push(name);
        return 10;
      },
    }),
  });
  const result = await compare({ title: 't', unit: 'u', contenders: [contender('a'), contender('b')], rounds: 5 });
  expect(order.join('')).toBe('abba'.repeat(3) + 'ab');
  expect(result.rows.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(result.rows[0]?.ratio).toEqual({ min: 1, median: 1, max: 1 });
});
