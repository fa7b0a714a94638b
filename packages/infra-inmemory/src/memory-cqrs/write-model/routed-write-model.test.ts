// What takes turns at the write model: organizations, or payments where that is configured.

import { describe, expect, it } from 'vitest';
import { creation, describing, done, startStrategy } from '../testing/test-strategy.ts';

/** The place in the log of a command on one payment that comes behind two hundred on another of its organization. */
async function placeBehindMany(routingField: 'organizationId' | 'paymentId'): Promise<number> {
  const strategy = await startStrategy({ routingField });
  const [busy, calm] = [await done(strategy, creation()), await done(strategy, creation())];
  const many = Array.from({ length: 200 }, (_, round) => done(strategy, describing(busy.paymentId, `change ${round}`)));
  const { position, version } = await done(strategy, describing(calm.paymentId, 'the only one'));
  expect(version).toBe(2);
  const versions = (await Promise.all(many)).map((receipt) => receipt.version);
  expect(versions).toEqual(Array.from({ length: 200 }, (_, round) => round + 2));
  await strategy.stop();
  return (position.position ?? 0) - 2;
}

describe('commands', () => {
  it('routed by organization wait for those before them of the same organization', async () => {
    // But for the 64 that may be in flight, each of which waits for the payment too.
    expect(await placeBehindMany('organizationId')).toBeGreaterThanOrEqual(201 - 64);
  });

  it('routed by payment wait for a turn of the other payments', async () => {
    expect(await placeBehindMany('paymentId')).toBeLessThan(100);
  });
});
