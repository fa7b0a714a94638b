import { describe, expect, it } from 'vitest';
import { createSkippingClock } from '../testing/movable-clock.ts';
import { waitUntil } from './freshness.ts';

/** A clock whose long sleep, the time-out, never ends. */
function patientClock() {
  const clock = createSkippingClock();
  const sleep: typeof clock.sleep = (milliseconds, signal) =>
    milliseconds > 100 ? new Promise(() => undefined) : clock.sleep(milliseconds, signal);
  return { now: clock.now, sleep, slept: clock.slept };
}

describe('waiting for a position', () => {
  it('asks with pauses that grow up to a tenth of a second', async () => {
    const clock = patientClock();
    let asked = 0;
    await waitUntil(async () => (asked += 1) === 10, 60_000, clock);
    expect(clock.slept).toEqual([2, 4, 8, 16, 32, 64, 100, 100, 100]);
  });

  it('does not pause where it is reached already', async () => {
    const clock = patientClock();
    await waitUntil(async () => true, 60_000, clock);
    expect(clock.slept).toEqual([]);
  });

  it('passes on what goes wrong while asking', async () => {
    const broken = waitUntil(() => Promise.reject(new Error('the disk is gone')), 60_000, patientClock());
    await expect(broken).rejects.toThrow('the disk is gone');
  });
});
