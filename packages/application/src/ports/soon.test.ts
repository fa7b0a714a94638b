import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { isPromise, onceThere, type Soon } from './soon.ts';

/** Of another realm, as test runners and plug-ins have them: no instance of this realm's class. */
const foreign = runInNewContext('Promise.resolve(20)') as Soon<number>;

describe('an answer that may be there already', () => {
  it('goes on at once', () => {
    expect(onceThere(20, (number) => number + 1)).toBe(21);
  });

  it.each([['of this realm', Promise.resolve(20)] as const, ['of another one', foreign] as const])(
    'is waited for where it is a promise %s',
    async (_, answer: Soon<number>) => {
      expect(isPromise(answer)).toBe(true);
      await expect(onceThere(answer, (number) => number + 1)).resolves.toBe(21);
    },
  );

  it.each([null, 'then', { outcome: 'approved' }, { then: 'later' }])('is no promise where it is %j', (answer) => {
    expect(isPromise(answer)).toBe(false);
  });
});
