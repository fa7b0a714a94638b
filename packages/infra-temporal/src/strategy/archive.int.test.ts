// Deleted payments: their workflows end once the archive has them, and nobody notices.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, createMemoryLedger, createSandboxGateway, systemClock } from '@paystrata/application';
import { money } from '@paystrata/domain';
import { startTemporal, waitUntil, type TemporalServer } from '@paystrata/test-servers';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIdOf } from '../protocol/messages.ts';
import { ids } from '../testing/orders.ts';
import { createTestPayments } from '../testing/test-payments.ts';
import { createTemporalStrategy } from './create-temporal-strategy.ts';
import type { TemporalStrategy } from './temporal-strategy.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-archive-'));
const keyring = createMemoryKeyring();
const taskQueue = ids.next();
let server: TemporalServer;
let strategy: TemporalStrategy;
let projections = 0;

/** Each on a projection that is new, so that everything in it comes from workflows and archive. */
async function started(): Promise<TemporalStrategy> {
  const made = createTemporalStrategy({
    ...{ clock: systemClock, ids, keyring, address: server.address, allowVolatile: true, taskQueue },
    gateway: createSandboxGateway(createMemoryLedger()),
    projection: { kind: 'sqlite', path: join(folder, `projection-${projections++}.db`) },
    archive: { kind: 'sqlite', path: join(folder, 'archive.db') },
  });
  await made.start();
  return made;
}

beforeAll(async () => {
  server = await startTemporal();
  strategy = await started();
});
afterAll(async () => {
  await strategy.stop();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Payments = ReturnType<typeof createTestPayments>;

async function deletedPayment(payments: Payments) {
  const creation = payments.creation();
  const created = await payments.send(creation);
  const { paymentId } = created;
  const deletion = payments.order(paymentId, { type: 'DeletePayment', now: systemClock.now(), reason: null });
  const deleted = await payments.send(deletion);
  const status = async () => (await strategy.client.describe(created))?.status;
  await waitUntil('the end of the workflow', async () => (await status()) === 'COMPLETED');
  return { creation, created, deletion, deleted, paymentId };
}

describe('a deleted payment', () => {
  it('is answered as before when its workflow has ended, and even when the server has forgotten it', async () => {
    const payments = createTestPayments(strategy);
    const { creation, deletion, deleted, paymentId, created } = await deletedPayment(payments);
    const check = async () => {
      expect(await payments.send(deletion)).toMatchObject({ replayed: true, version: deleted.version });
      const again = await strategy.write.execute({ ...creation, commandId: payments.creation().commandId });
      expect(again).toMatchObject({ ok: false, rejection: { code: 'payment_exists' } });
      const described = await strategy.write.execute(payments.describing(paymentId, 'late'));
      expect(described).toMatchObject({ ok: false, rejection: { code: 'payment_deleted' } });
      expect(await strategy.client.payment(created, 'strong')).toEqual(deleted.payment);
    };
    await check();
    const client = new Client({ connection: await Connection.connect({ address: server.address }) });
    await client.workflowService.deleteWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: workflowIdOf(created) },
    });
    const forgotten = async () => (await strategy.client.describe(created)) === null;
    await waitUntil('the server to forget it', forgotten, { timeoutMs: 50_000 });
    await client.connection.close();
    await check();
  });

  it('can still be erased, and is in a projection that is made anew', async () => {
    const payments = createTestPayments(strategy);
    const { paymentId } = await deletedPayment(payments);
    const erased = await payments.send(payments.erasing(paymentId));
    expect(erased.version).toBe(3);
    expect((await payments.read(erased)).personalErased).toBe(true);
    const before = await payments.read(erased);
    await strategy.stop();
    strategy = await started();
    const anew = createTestPayments(strategy, payments.organizationId);
    const position = { ...erased.position, epoch: strategy.epoch() };
    expect(await anew.read({ paymentId, position })).toEqual(before);
  });
});

describe('a creation that would be refused anyway', () => {
  it('is told that the payment exists where it does, and starts no workflow where it does not', async () => {
    const payments = createTestPayments(strategy);
    const bad = payments.creation();
    if (bad.command.type !== 'CreatePayment') throw new Error('a creation was expected');
    const refused = { ...bad, command: { ...bad.command, amount: money(0n, bad.command.amount.currency) } };
    expect(await strategy.write.execute(refused)).toMatchObject({ rejection: { code: 'amount_not_positive' } });
    expect(await strategy.client.describe(bad)).toBeNull();
    await payments.send(bad);
    const later = { ...refused, commandId: payments.creation().commandId };
    expect(await strategy.write.execute(later)).toMatchObject({ rejection: { code: 'payment_exists' } });
  });
});
