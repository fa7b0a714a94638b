// Partitions of the write model: listed, measured, and dropped without anybody else noticing.

import { acme, other } from '@paystrata/conformance/random-payments';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MemoryCqrsStrategy } from '../memory-cqrs.ts';
import { creation, done, newest, reading, startStrategy } from '../testing/test-strategy.ts';

let strategy: MemoryCqrsStrategy;

beforeEach(async () => {
  strategy = await startStrategy();
});

describe('partitions', () => {
  it('are listed with what is in them', async () => {
    for (const organizationId of [acme, other, acme]) await done(strategy, creation({ organizationId }));
    expect(strategy.partitions.list()).toEqual([
      { organizationId: acme, payments: 2, events: 2, position: 3, waiting: 0 },
      { organizationId: other, payments: 1, events: 1, position: 2, waiting: 0 },
    ]);
  });

  it('are not dropped without a confirmation', async () => {
    await done(strategy, creation());
    expect(() => strategy.partitions.drop(acme, 'yes')).toThrow('it must be its id');
    expect(strategy.partitions.list()).toHaveLength(1);
  });

  it('are as if they had never been once they are dropped', async () => {
    const before = await done(strategy, creation({ reference: 'INV-1', personal: { description: 'rent' } }));
    await strategy.read.search(newest, reading(before.position));
    expect(strategy.partitions.drop(acme, acme)).toMatchObject({ payments: 1, events: 1 });
    expect(strategy.partitions.drop(acme, acme)).toBeNull();
    expect((await strategy.read.search(newest, reading(null))).payments).toEqual([]);
    const get = { type: 'GetPayment', paymentId: before.paymentId, asOf: null } as const;
    await expect(strategy.read.get(get, reading(before.position))).rejects.toMatchObject({ code: 'POSITION_UNKNOWN' });
    const history = { type: 'PaymentHistory', paymentId: before.paymentId, fromVersion: 1 } as const;
    await expect(strategy.log.history(history, reading(before.position))).rejects.toMatchObject({
      code: 'POSITION_UNKNOWN',
    });
    const again = await done(strategy, creation({ reference: 'INV-1' }));
    expect(again).toMatchObject({ paymentId: before.paymentId, version: 1, replayed: false });
    expect((await strategy.read.get(get, reading(again.position)))?.payment.personal.description).toBeNull();
  });

  it('leave the log of the others as it was, also for a projection that had not come that far', async () => {
    strategy.projections.payments.pause();
    await done(strategy, creation());
    const kept = await done(strategy, creation({ organizationId: other }));
    await done(strategy, creation());
    strategy.partitions.drop(acme, acme);
    strategy.projections.payments.resume();
    const last = await done(strategy, creation({ organizationId: other }));
    const page = await strategy.log.readAll({ direction: 'forward', from: null, limit: 10 });
    expect(page.events.map(({ position }) => position)).toEqual([kept.position.position, last.position.position]);
    expect(page).toMatchObject({ next: 4, end: true });
    const found = await strategy.read.search(newest, reading(last.position, 5000, other));
    expect(found.payments).toHaveLength(2);
    expect(await strategy.read.awaitingGateway(null, 10)).toEqual([]);
    expect(await strategy.maintenance.run('verify', { kind: 'all' })).toMatchObject({ checked: 2, differing: 0 });
    expect(await strategy.maintenance.run('rebuild', { kind: 'all' })).toMatchObject({ checked: 2 });
  });

  it('do not hold each other up: a bulk of one lets the others through', async () => {
    const bulk = strategy.write.executeBulk(Array.from({ length: 5000 }, () => creation()));
    let isBulkDone = false;
    void bulk.then(() => (isBulkDone = true));
    await done(strategy, creation({ organizationId: other }));
    expect(isBulkDone).toBe(false);
    expect((await bulk).every(({ ok }) => ok)).toBe(true);
  });
});
