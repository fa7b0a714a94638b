// A payment with a long life: its history is begun anew, its ledger of commands and its open outcomes go on.

import {
  createMemoryKeyring,
  createMemoryLedger,
  createSandboxGateway,
  systemClock,
  type Strategy,
} from '@paystrata/application';
import { Client, Connection } from '@temporalio/client';
import { startTemporal, waitUntil, type TemporalServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIdOf } from '../protocol/messages.ts';
import { createTemporalStrategy } from '../strategy/create-temporal-strategy.ts';
import { ids } from '../testing/orders.ts';
import { createTestPayments } from '../testing/test-payments.ts';

const ledger = createMemoryLedger();
let server: TemporalServer;
let strategy: Strategy;
let client: Client;
beforeAll(async () => {
  server = await startTemporal({ own: true, dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 40 } });
  const { address } = server;
  const gateway = createSandboxGateway(ledger);
  const keyring = createMemoryKeyring();
  strategy = createTemporalStrategy({ ...{ address, clock: systemClock, ids, gateway, keyring }, allowVolatile: true });
  await strategy.start();
  client = new Client({ connection: await Connection.connect({ address }) });
});
afterAll(async () => {
  await client.connection.close();
  await strategy.stop();
  await server.stop();
});

const runOf = async (key: Parameters<typeof workflowIdOf>[0]) =>
  (await client.workflow.getHandle(workflowIdOf(key)).describe()).runId;

describe('a workflow with a long history', () => {
  it('continues as new and still knows every command', async () => {
    const payments = createTestPayments(strategy);
    const { paymentId } = await payments.send(payments.creation());
    const once = payments.describing(paymentId, 'once');
    const first = await payments.send(once);
    const run = await runOf(first);
    const later = Array.from({ length: 40 }, (_, n) => payments.send(payments.describing(paymentId, `later ${n}`)));
    const versions = (await Promise.all(later)).map(({ version }) => version);
    expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 3));
    await waitUntil('another run', async () => (await runOf(first)) !== run);
    expect(await payments.send(once)).toEqual({ ...first, replayed: true });
    const last = await payments.send(payments.describing(paymentId, 'last'));
    expect((await payments.history(paymentId, last)).map(({ version }) => version)).toEqual(
      Array.from({ length: 43 }, (_, n) => n + 1),
    );
  });

  it('looks up what was open before, once a run began anew', async () => {
    const payments = createTestPayments(strategy);
    const { paymentId } = await payments.send(payments.creation());
    const open = await payments.send(payments.processing(paymentId, 'test_timeout_then_approve'));
    expect(open.payment.status).toBe('processing');
    const run = await runOf(open);
    // Metadata may change while the outcome is open.
    const changes = Array.from({ length: 20 }, (_, n) =>
      payments.send(
        payments.order(paymentId, {
          ...{ type: 'UpdatePayment', now: systemClock.now(), stated: { amount: null, currency: null } },
          ...{ maxAmount: 1n, personal: { metadata: { change: String(n) } } },
        }),
      ),
    );
    await Promise.all(changes);
    await waitUntil('another run', async () => (await runOf(open)) !== run);
    await waitUntil('the outcome', async () => (await payments.read(open)).status === 'completed');
    expect((await payments.read(open)).captured).toBe(500n);
    expect((await ledger.entries()).filter(({ gatewayKey }) => gatewayKey.startsWith(paymentId))).toHaveLength(1);
  });

  it('begins anew after an erasure, without the personal data', async () => {
    const payments = createTestPayments(strategy);
    const { paymentId } = await payments.send(payments.creation());
    const named = await payments.send(payments.describing(paymentId, 'the rent of Ada'));
    const run = await runOf(named);
    const erased = await payments.send(payments.erasing(paymentId));
    await waitUntil('another run', async () => (await runOf(named)) !== run);
    const history = await client.workflow.getHandle(workflowIdOf(named)).fetchHistory();
    const text = Buffer.from(
      history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data ?? [],
    ).toString();
    expect(text).toContain('PersonalDataErased');
    expect(text).not.toContain('Ada');
    expect((await payments.read(erased)).personal.description).toBeNull();
    expect(JSON.stringify((await payments.history(paymentId, erased))[1]?.data)).not.toContain('Ada');
  });
});
