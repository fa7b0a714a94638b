import { describe, expect, it } from 'vitest';
import { singleFlight } from './single-flight.ts';

function setUp() {
  const runs: { readonly end: () => void; readonly fail: () => void }[] = [];
  let most = 0;
  let going = 0;
  const share = singleFlight(() => {
    going += 1;
    most = Math.max(most, going);
    return new Promise<void>((resolve, reject) => {
      const over = (how: () => void) => () => {
        going -= 1;
        how();
      };
      runs.push({ end: over(resolve), fail: over(() => reject(new Error('failed'))) });
    });
  });
  return { runs, share, most: () => most };
}

describe('a single flight', () => {
  it('gives all who ask during a run the next one, and never runs twice at a time', async () => {
    const { runs, share, most } = setUp();
    const first = share();
    const later = [share(), share(), share()];
    expect(runs).toHaveLength(1);
    runs[0]?.end();
    await first;
    const afterwards = share();
    await expect.poll(() => runs.length).toBe(2);
    runs[1]?.end();
    await Promise.all(later);
    await expect.poll(() => runs.length).toBeLessThanOrEqual(3);
    runs[2]?.end();
    await afterwards;
    expect(most()).toBe(1);
  });

  it('shares one that somebody began in the moment after the last', async () => {
    const { runs, share, most } = setUp();
    const first = share();
    const atOnce = first.then(() => share());
    const queued = share();
    runs[0]?.end();
    await expect.poll(() => runs.length).toBe(2);
    runs[1]?.end();
    await Promise.all([first, atOnce, queued]);
    expect([runs.length, most()]).toEqual([2, 1]);
  });

  it('tells everybody who shared a run of its failure, and runs again after it', async () => {
    const { runs, share } = setUp();
    const first = expect(share()).rejects.toThrow('failed');
    const second = expect(share()).rejects.toThrow('failed');
    const third = expect(share()).rejects.toThrow('failed');
    runs[0]?.fail();
    await first;
    await expect.poll(() => runs.length).toBe(2);
    runs[1]?.fail();
    await Promise.all([second, third]);
    const again = share();
    runs[2]?.end();
    await again;
  });
});
