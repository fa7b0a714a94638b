// What a start says when something is missing, and what it makes up for by itself.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, createMemoryLedger, createSandboxGateway, systemClock } from '@paystrata/application';
import { startTemporal, type TemporalServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProjection } from '../projection/projection.ts';
import { ids } from '../testing/orders.ts';
import { createTestPayments } from '../testing/test-payments.ts';
import { createTemporalStrategy, type TemporalStrategyOptions } from './create-temporal-strategy.ts';

let server: TemporalServer;
beforeAll(async () => {
  server = await startTemporal();
});
afterAll(() => server.stop());

function strategyWith(options: Partial<TemporalStrategyOptions> = {}) {
  const gateway = createSandboxGateway(createMemoryLedger());
  const { address } = server;
  const keyring = createMemoryKeyring();
  return createTemporalStrategy({
    ...{ clock: systemClock, ids, gateway, keyring, address, taskQueue: ids.next(), allowVolatile: true },
    ...options,
  });
}

describe('a start', () => {
  it('without a server fails within seconds and says what to do', async () => {
    const begun = performance.now();
    await expect(strategyWith({ address: '127.0.0.1:1', connectTimeoutMs: 1000 }).start()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('temporal server start-dev') as string,
    });
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it('upon a development server is refused unless it is meant', async () => {
    await expect(strategyWith({ allowVolatile: false }).start()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('temporal.allowVolatile') as string,
    });
  });

  it('upon a namespace that is not there names it', async () => {
    await expect(strategyWith({ namespace: 'nowhere' }).start()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('nowhere') as string,
    });
  });
});

describe('a stopped strategy', () => {
  it('answers nothing, and after another start everything, from Temporal alone', async () => {
    const strategy = strategyWith();
    await strategy.start();
    const payments = createTestPayments(strategy);
    const { paymentId } = await payments.send(payments.creation());
    const processed = await payments.send(payments.processing(paymentId));
    const before = await payments.history(paymentId, processed);
    await strategy.stop();
    await expect(payments.read(processed)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(payments.send(payments.creation())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect((await strategy.health()).healthy).toBe(false);

    await strategy.start();
    const refunded = await payments.send(payments.refunding(paymentId, 100n));
    expect(refunded.payment.refunded).toBe(100n);
    expect((await payments.history(paymentId, refunded)).slice(0, 3)).toEqual(before);
    expect((await strategy.health()).healthy).toBe(true);
    await strategy.stop();
  });
});

it('a process that ends right after its writes leaves them projected', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-stop-'));
  const path = join(folder, 'projection.db');
  const keyring = createMemoryKeyring();
  const strategy = strategyWith({ projection: { kind: 'sqlite', path }, keyring });
  await strategy.start();
  const payments = createTestPayments(strategy);
  const receipts = await Promise.all(Array.from({ length: 40 }, () => payments.send(payments.creation())));
  await strategy.stop();
  const projection = createProjection({ kind: 'sqlite', path, readsPath: null }, systemClock, keyring);
  await projection.start();
  for (const receipt of receipts) expect((await projection.store.load(receipt, null)).payment?.version).toBe(1);
  await projection.stop();
  rmSync(folder, { recursive: true });
});

describe('maintenance', () => {
  it('makes a lost read model again, equal, from the workflows', async () => {
    const strategy = strategyWith();
    await strategy.start();
    const payments = createTestPayments(strategy);
    const receipts = await Promise.all(Array.from({ length: 5 }, () => payments.send(payments.creation())));
    const before = await Promise.all(receipts.map((receipt) => payments.read(receipt)));
    await strategy.maintenance.run('rebuild', { kind: 'all' });
    expect(await Promise.all(receipts.map((receipt) => payments.read(receipt)))).toEqual(before);

    const epoch = strategy.epoch();
    await strategy.stop();
    await strategy.start();
    expect(strategy.epoch()).not.toBe(epoch);
    const position = (receipt: (typeof receipts)[number]) => ({ ...receipt.position, epoch: strategy.epoch() });
    const after = await Promise.all(
      receipts.map((receipt) => payments.read({ ...receipt, position: position(receipt) })),
    );
    expect(after).toEqual(before);
    const report = await strategy.maintenance.run('verify', { kind: 'all' });
    expect([report.checked >= 5, report.differing]).toEqual([true, 0]);
    await strategy.stop();
  });
});
