// The client by name: commands waited for and only begun, payments from workflows and cache, and what it counts.

import {
  createMemoryKeyring,
  createMemoryLedger,
  createSandboxGateway,
  systemClock,
  type WriteResult,
} from '@paystrata/application';
import { parseCurrency, type PaymentId } from '@paystrata/domain';
import { startTemporal, type TemporalServer } from '@paystrata/test-servers';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIdOf } from '../protocol/messages.ts';
import { createTemporalStrategy } from '../strategy/create-temporal-strategy.ts';
import type { TemporalStrategy } from '../strategy/temporal-strategy.ts';
import { ids, newOrganization } from '../testing/orders.ts';

let server: TemporalServer;
let strategy: TemporalStrategy;
beforeAll(async () => {
  server = await startTemporal();
  strategy = createTemporalStrategy({
    ...{ clock: systemClock, ids, keyring: createMemoryKeyring(), address: server.address, allowVolatile: true },
    gateway: createSandboxGateway(createMemoryLedger()),
  });
  await strategy.start();
});
afterAll(async () => {
  await strategy.stop();
  await server.stop();
});

const organizationId = newOrganization();
const context = { organizationId };
const currency = parseCurrency('EUR') ?? 'EUR';
const creation = { amount: 500, currency } as const;

function receiptOf(result: WriteResult) {
  if (!result.ok) throw new Error(`refused: ${result.rejection.code}`);
  return result.receipt;
}

async function newPayment(): Promise<PaymentId> {
  return receiptOf(await strategy.client.create(creation, context)).paymentId;
}

describe('commands', () => {
  it('create, update, process, refund and delete', async () => {
    const { client } = strategy;
    const paymentId = await newPayment();
    await client.update({ paymentId, description: 'rent' }, context);
    const processed = receiptOf(await client.process({ paymentId, method: 'test_approve' }, context));
    expect(processed.payment).toMatchObject({ status: 'completed', personal: { description: 'rent' } });
    const refunded = receiptOf(await client.refund({ paymentId, amount: 100 }, context));
    expect(refunded.payment.refunded).toBe(100n);
    expect(await client.delete({ paymentId }, context)).toMatchObject({ ok: false });
    const other = await newPayment();
    expect(receiptOf(await client.delete({ paymentId: other }, context)).payment.status).toBe('deleted');
  });

  it('are refused at once: a bad amount, and no currency', async () => {
    const { client } = strategy;
    expect(await client.create({ ...creation, amount: 0 }, context)).toMatchObject({
      rejection: { code: 'amount_not_positive' },
    });
    // @ts-expect-error a caller without types
    await expect(client.create({ amount: 500 }, context)).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
  });

  it('that are refused by the workflow are sent once: a refusal is an answer', async () => {
    const paymentId = await newPayment();
    await strategy.client.process({ paymentId, method: 'test_approve' }, context);
    expect(await strategy.client.delete({ paymentId }, context)).toMatchObject({
      rejection: { code: 'illegal_state' },
    });
    const connection = await Connection.connect({ address: server.address });
    const handle = new Client({ connection }).workflow.getHandle(workflowIdOf({ organizationId, paymentId }));
    const { events = [] } = await handle.fetchHistory();
    await connection.close();
    const updates = (events ?? []).filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes);
    expect(updates).toHaveLength(3);
  });

  it('in bulk are answered each for itself', async () => {
    const amounts = Array.from({ length: 30 }, (_, n) => ({ ...creation, amount: n }));
    const results = await strategy.client.createAll(amounts, context);
    expect(results.map(({ ok }) => ok)).toEqual([false, ...Array.from({ length: 29 }, () => true)]);
  });

  it('that are begun tell their workflow, and are finished by whoever asks', async () => {
    const { client } = strategy;
    const begun = await client.start({ type: 'CreatePayment', ...creation }, context);
    if ('ok' in begun) throw new Error('it was answered at once');
    expect(begun.workflowId).toBe(workflowIdOf(begun));
    expect(receiptOf(await client.result(begun)).payment.status).toBe('pending');
    const { paymentId } = begun;
    const charging = await client.start({ type: 'ProcessPayment', paymentId, method: 'test_approve' }, context);
    if ('ok' in charging) throw new Error('it was answered at once');
    expect(receiptOf(await client.result(charging)).payment.status).toBe('completed');
    const unknown = await client.start({ type: 'DeletePayment', paymentId: ids.next() }, context);
    expect(unknown).toMatchObject({ ok: false, rejection: { code: 'payment_not_found' } });
    expect(await client.describe(begun)).toMatchObject({ workflowId: begun.workflowId, status: 'RUNNING' });
  });

  it('that nobody waits for are answered before the gateway', async () => {
    const paymentId = await newPayment();
    const receipt = receiptOf(
      await strategy.client.process({ paymentId, method: 'test_approve' }, { ...context, respondAsync: true }),
    );
    expect(receipt.payment.status).toBe('processing');
  });
});

describe('queries', () => {
  it('are answered by the workflow, or by the cache, which is emptied by what is written', async () => {
    const { client } = strategy;
    const paymentId = await newPayment();
    const key = { organizationId, paymentId };
    const strong = await client.payment(key, 'strong');
    expect(strong?.version).toBe(1);
    const before = client.metrics();
    expect(await client.payment(key)).toBe(strong);
    const { receipt } = (await client.update({ paymentId, amount: 700 }, context)) as Extract<
      WriteResult,
      { ok: true }
    >;
    expect((await client.payment(key, receipt.position))?.amount.amount).toBe(700n);
    const query = { type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' } as const;
    const first = await client.statistics(query, { organizationId, atLeast: receipt.position });
    expect(await client.statistics(query, { organizationId })).toBe(first);
    const after = client.metrics();
    expect(after.queries - before.queries).toBe(4);
    expect(after.commands).toBe(before.commands + 1);
    expect(after.cacheHitRate).toBeGreaterThan(before.cacheHitRate);
    expect(after.averageExecutionMs).toBeGreaterThan(0);
  });
});

describe('search attributes', () => {
  it('find payments by organization and status', async () => {
    const own = { organizationId: newOrganization() };
    const { paymentId } = receiptOf(await strategy.client.create(creation, own));
    await strategy.client.process({ paymentId, method: 'test_approve' }, own);
    const client = new Client({ connection: await Connection.connect({ address: server.address }) });
    const query = `PaystrataOrganization = '${own.organizationId}' AND PaystrataStatus = 'completed'`;
    await expect.poll(async () => (await client.workflow.count(query)).count).toBe(1);
    await client.connection.close();
  });
});
