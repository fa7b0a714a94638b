// Maintenance finds what a projection has wrong, puts it right, and tidies up while it serves.

import { createStoreWriteModel, createUuidV7Ids, systemClock } from '@paystrata/application';
import { acme, idOf } from '@paystrata/conformance/random-payments';
import { instantOf } from '@paystrata/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryCqrsOptionsSchema } from '../options.ts';
import { MemoryCqrsParts } from '../parts.ts';
import { accepted, creation, describing, until } from '../testing/test-strategy.ts';
import { createCqrsMaintenance } from './cqrs-maintenance.ts';

const all = { kind: 'all' } as const;
const ids = createUuidV7Ids(systemClock);

let parts: MemoryCqrsParts;

beforeEach(async () => {
  parts = new MemoryCqrsParts(memoryCqrsOptionsSchema.parse({}), { clock: systemClock, ids });
  await parts.store.start();
});

async function pay(times: number) {
  const model = createStoreWriteModel({ store: parts.store, ids, clock: systemClock });
  const receipts = [];
  for (let n = 0; n < times; n += 1) receipts.push(accepted(await model.execute(creation())));
  const [first] = receipts;
  if (first === undefined) throw new Error('nothing was created');
  accepted(await model.execute(describing(first.paymentId, 'rent')));
  await until(() => parts.projections.all.every(({ checkpoint }) => checkpoint === times + 1));
  return receipts.map(({ paymentId }) => ({ organizationId: acme, paymentId }));
}

describe('maintenance of memory-cqrs', () => {
  it('finds and repairs what is missing, old, different or of no payment, each in its projection', async () => {
    const [first, second, third] = await pay(3);
    if (first === undefined || second === undefined || third === undefined) throw new Error('three were created');
    const { payments, statistics, analytics, suggestions } = parts.projections;
    payments.view.remove(first);
    const old = analytics.view.get(second);
    if (old === null) throw new Error('it is there');
    analytics.view.remove(second);
    analytics.view.apply({ ...old, payment: { ...old.payment, updatedAt: instantOf(1) } });
    statistics.view.apply({ ...old, payment: { ...old.payment, id: idOf(9) } });
    const shown = suggestions.view.get(first);
    if (shown === null) throw new Error('it is there');
    suggestions.view.remove(first);
    suggestions.view.apply({ ...shown, payment: { ...shown.payment, version: 1 } });
    const maintenance = createCqrsMaintenance(parts);
    const found = await maintenance.run('verify', all);
    expect(found).toMatchObject({ action: 'verify', checked: 3, differing: 4 });
    expect(found.differences.map(({ problem }) => problem)).toEqual([
      'projection payments lacks the payment',
      'projection suggestions has version 1, the log 2',
      'projection analytics has the payment otherwise than the log',
      'projection statistics has a payment that the log does not know',
    ]);
    const { generation } = payments;
    expect(await maintenance.run('repair', { kind: 'payment', ...first })).toMatchObject({ checked: 1, changed: 2 });
    expect(await maintenance.run('repair', all)).toMatchObject({ checked: 3, changed: 2 });
    expect(await maintenance.run('verify', all)).toMatchObject({ checked: 3, differing: 0 });
    expect(payments.generation).toBeGreaterThan(generation);
  });

  it('drops orphans and compacts in small steps when it optimizes', async () => {
    const [first] = await pay(300);
    const document = first === undefined ? null : parts.projections.analytics.view.get(first);
    if (document === null) throw new Error('it is there');
    parts.projections.analytics.view.apply({ ...document, payment: { ...document.payment, id: idOf(9) } });
    const report = await createCqrsMaintenance(parts).run('optimize', all);
    expect(report).toMatchObject({ checked: 300, changed: 1, differing: 1 });
    expect(report.differences[0]?.problem).toContain('analytics');
    expect(parts.projections.analytics.view.size()).toBe(300);
  });

  it('synchronizes what lags, and names a projection that is paused', async () => {
    await pay(2);
    const { payments } = parts.projections;
    const maintenance = createCqrsMaintenance(parts);
    payments.pause();
    const model = createStoreWriteModel({ store: parts.store, ids, clock: systemClock });
    accepted(await model.execute(creation()));
    await expect(maintenance.run('synchronize', all)).rejects.toThrow('projection payments is paused: resume it');
    payments.resume();
    expect(await maintenance.run('synchronize', all)).toMatchObject({ checked: 3, differing: 0 });
    expect(payments.checkpoint).toBe(4);
  });

  it('tells what handlers gave up, and hands it to them again when it synchronizes', async () => {
    const [first, second] = await pay(2);
    if (first === undefined || second === undefined) throw new Error('two were created');
    let isWell = false;
    parts.events.subscribe({ name: 'mail', types: ['PaymentCreated'], from: 'first', timeoutMs: 4 }, async (event) => {
      if (!isWell && event.paymentId === first.paymentId) await new Promise(() => undefined);
    });
    await until(() => parts.events.deadLetters('mail').length === 1);
    const maintenance = createCqrsMaintenance(parts);
    const problem =
      'mail gave up PaymentCreated at position 1: the handler did not end within 4 ms; it may still be at work';
    expect(await maintenance.run('verify', all)).toMatchObject({ differing: 1, differences: [{ ...first, problem }] });
    expect(await maintenance.run('verify', { kind: 'payment', ...second })).toMatchObject({ differing: 0 });
    expect(await maintenance.run('synchronize', all)).toMatchObject({ changed: 0, differing: 1 });
    isWell = true;
    expect(await maintenance.run('synchronize', all)).toMatchObject({ changed: 1, differing: 0 });
    expect(await maintenance.run('verify', all)).toMatchObject({ differing: 0 });
  });

  it('says of a projection that cannot go on why, and a rebuild helps', async () => {
    const [first] = await pay(2);
    if (first === undefined) throw new Error('it was created');
    const { payments } = parts.projections;
    payments.view.remove(first);
    const model = createStoreWriteModel({ store: parts.store, ids, clock: systemClock });
    accepted(await model.execute(describing(first.paymentId, 'more')));
    await until(() => payments.status().problem !== null);
    expect(payments.status().lag).toBe(1);
    expect(payments.status().problem).toContain('version 3 comes where 1 is due');
    await createCqrsMaintenance(parts).run('rebuild', all);
    await until(() => payments.status().lag === 0);
    expect(payments.status().problem).toBeNull();
    expect(await createCqrsMaintenance(parts).run('verify', all)).toMatchObject({ differing: 0 });
  });
});
