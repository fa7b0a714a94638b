// Batches: made by the rhythm of the commits, in order, and none fails for another's fault.
import { describe, expect, it } from 'vitest';
import { GroupCommit } from './group-commit.ts';

function gate() {
  const waiting: (() => void)[] = [];
  return {
    pass: () => new Promise<void>((resolve) => waiting.push(resolve)),
    open: async () => {
      while (waiting.length === 0) await new Promise(setImmediate);
      waiting.shift()?.();
    },
  };
}

const limits = { concernsAll: () => false, maxItems: 100, maxWeight: 1000, weigh: (item: number) => item };

describe('a group commit', () => {
  it('takes what came together, and collects what comes while it is in flight', async () => {
    const batches: (readonly number[])[] = [];
    const { pass, open } = gate();
    const run = async (batch: readonly number[]) => {
      batches.push(batch);
      await pass();
      return batch.map((item) => item * 10);
    };
    const commits = new GroupCommit({ ...limits, run });
    const first = [1, 2].map((item) => commits.submit(item));
    while (batches.length === 0) await new Promise(setImmediate);
    const second = [3, 4, 5].map((item) => commits.submit(item));
    await open();
    expect(await Promise.all(first)).toEqual([10, 20]);
    await open();
    expect(await Promise.all(second)).toEqual([30, 40, 50]);
    expect(batches).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
    await commits.idle();
    expect(commits.waiting).toBe(0);
  });

  it('keeps batches below the limits, and takes an item alone that is above them by itself', async () => {
    const batches: (readonly number[])[] = [];
    const run = async (batch: readonly number[]) => {
      batches.push(batch);
      return batch;
    };
    const commits = new GroupCommit({ ...limits, run, maxItems: 3, maxWeight: 10 });
    await Promise.all([1, 2, 3, 4, 50, 6, 4, 1].map((item) => commits.submit(item)));
    expect(batches).toEqual([[1, 2, 3], [4], [50], [6, 4], [1]]);
  });

  it('halves a batch that fails until the culprits are alone, keeping the order', async () => {
    const committed: number[] = [];
    const run = async (batch: readonly number[]) => {
      if (batch.includes(3) || batch.includes(7)) throw new Error(`refused among ${batch.length}`);
      committed.push(...batch);
      return batch;
    };
    const commits = new GroupCommit({ ...limits, run });
    const results = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7, 8, 9].map((item) => commits.submit(item)));
    expect(committed).toEqual([1, 2, 4, 5, 6, 8, 9]);
    expect(results.map(({ status }, index) => (status === 'rejected' ? index + 1 : null)).filter(Number)).toEqual([
      3, 7,
    ]);
    expect(results[2]).toMatchObject({ reason: { message: 'refused among 1' } });
  });

  it('tries nothing again where the fault is nobody’s of the batch', async () => {
    let runs = 0;
    const run = async (): Promise<number[]> => {
      runs++;
      throw new Error('the database is gone');
    };
    const commits = new GroupCommit({ ...limits, run, concernsAll: () => true });
    const results = await Promise.allSettled([1, 2, 3].map((item) => commits.submit(item)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(runs).toBe(1);
    await expect(commits.submit(4)).rejects.toThrow('the database is gone');
  });
});
