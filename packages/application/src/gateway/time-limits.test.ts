import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createMovableClock } from '../testing/movable-clock.ts';
import { TimeLimits } from './time-limits.ts';

function setUp() {
  const clock = createMovableClock();
  return { clock, limits: new TimeLimits(clock, 1000) };
}

describe('a call with a time limit', () => {
  it('answers as the call does, and leaves no timer behind', async () => {
    const { clock, limits } = setUp();
    expect(limits.run(() => 'at once')).toBe('at once');
    expect(await limits.run(async () => 'before the event loop turns')).toBe('before the event loop turns');
    await setImmediate();
    expect(clock.sleepers).toBe(0);
    const later = limits.run(async () => {
      await setImmediate();
      await setImmediate();
      expect(clock.sleepers).toBe(1);
      return 'later';
    });
    expect(await later).toBe('later');
    expect(clock.sleepers).toBe(0);
  });

  it('rejects as the call does, however it throws', async () => {
    const { clock, limits } = setUp();
    await expect(limits.run(() => Promise.reject(new Error('reset')))).rejects.toThrow('reset');
    const throwing = () => {
      throw new Error('at once');
    };
    expect(() => limits.run(throwing)).toThrow('at once');
    await setImmediate();
    expect(clock.sleepers).toBe(0);
  });

  it('gives up when time is up, counted from the beginning of the call, and tells the call', async () => {
    const { clock, limits } = setUp();
    let told: AbortSignal | null = null;
    const open = limits.run((signal) => {
      told = signal;
      return new Promise<string>(() => undefined);
    });
    clock.advance(999);
    await setImmediate();
    expect(told).toMatchObject({ aborted: false });
    clock.advance(1);
    expect(await open).toBeNull();
    expect(told).toMatchObject({ aborted: true });
  });
});
