// Workers that are embedded: two share the work, each says what it did and whether it can work, one that stops finishes
// what it has, and what goes wrong is logged with the workflow.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMemoryKeyring,
  createMemoryLedger,
  createSandboxGateway,
  silentLogger,
  systemClock,
  type Logger,
  type PaymentGateway,
} from '@paystrata/application';
import { startTemporal, waitUntil, type TemporalServer } from '@paystrata/test-servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workflowIdOf } from '../protocol/messages.ts';
import { createTemporalStrategy, type TemporalStrategyOptions } from '../strategy/create-temporal-strategy.ts';
import type { TemporalStrategy } from '../strategy/temporal-strategy.ts';
import { ids } from '../testing/orders.ts';
import { createTestPayments } from '../testing/test-payments.ts';
import { TemporalWorker } from './temporal-worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-workers-'));
let server: TemporalServer;
let shared: Omit<TemporalStrategyOptions, 'gateway'>;
let client: TemporalStrategy;
const running: TemporalWorker[] = [];
beforeAll(async () => {
  server = await startTemporal();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  const taskQueue = ids.next();
  const projection = { kind: 'sqlite', path: join(folder, `${taskQueue}.db`) } as const;
  const stores = { keyring: createMemoryKeyring(), projection };
  shared = { clock: systemClock, ids, address: server.address, allowVolatile: true, taskQueue, ...stores };
  client = createTemporalStrategy({ ...shared, gateway: sandbox(), worker: false });
  await client.start();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
  await client.stop();
});

const sandbox = () => createSandboxGateway(createMemoryLedger());

/** A process has one runtime, whose logger is that of its first worker. */
const said: object[] = [];
const logger: Logger = { ...silentLogger, warn: (fields) => void said.push(fields) };

async function newWorker(gateway: PaymentGateway = sandbox()): Promise<TemporalWorker> {
  const worker = new TemporalWorker({ ...shared, gateway, logger });
  await worker.start();
  running.push(worker);
  return worker;
}

function measured(worker: TemporalWorker, name: string, labels: Readonly<Record<string, string>> = {}): number {
  const found = worker.measure().filter((each) => each.name === name);
  const asked = found.filter((each) => Object.entries(labels).every(([label, value]) => each.labels[label] === value));
  return asked.reduce((sum, { value }) => sum + value, 0);
}

describe('workers', () => {
  it('share the work of a queue, and say what each did', async () => {
    const workers = [await newWorker(), await newWorker()] as const;
    const payments = createTestPayments(client);
    const pay = async () => {
      const { paymentId } = await payments.send(payments.creation());
      return payments.send(payments.processing(paymentId));
    };
    const did = (activity: string) =>
      workers.map((worker) => measured(worker, 'paystrata_temporal_activity_total', { activity }));
    let paid = 0;
    await waitUntil('both to have worked', async () => {
      const receipts = await Promise.all(Array.from({ length: 10 }, pay));
      for (const receipt of receipts) expect((await payments.read(receipt)).status).toBe('completed');
      paid += receipts.length;
      return [...did('charge'), ...did('project')].every((count) => count > 0);
    });
    expect(did('charge').reduce((sum, count) => sum + count)).toBe(paid);
    for (const worker of workers) {
      expect((await worker.health()).healthy).toBe(true);
      expect(measured(worker, 'paystrata_temporal_worker_running')).toBe(3);
      expect(measured(worker, 'paystrata_temporal_worker_cached_workflows')).toBeGreaterThan(0);
      expect(measured(worker, 'paystrata_temporal_activity_seconds_total')).toBeGreaterThan(0);
      expect(measured(worker, 'paystrata_temporal_activity_failures_total')).toBe(0);
    }
  });

  it('finish the call that they have when they stop, and take nothing new', async () => {
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
    const own = sandbox();
    const charge: PaymentGateway['charge'] = async (call) => {
      isAsked();
      await mayAnswer;
      return own.charge(call);
    };
    const worker = await newWorker({ ...own, charge });
    const payments = createTestPayments(client);
    const { paymentId } = await payments.send(payments.creation());
    const processed = payments.send(payments.processing(paymentId));
    await asked;
    const stopped = worker.stop();
    expect((await worker.health()).healthy).toBe(false);
    answer();
    await stopped;
    await newWorker();
    expect((await processed).payment).toMatchObject({ status: 'completed', captured: 500n });
  });

  it('log what goes wrong with the id of its workflow', async () => {
    const charge: PaymentGateway['charge'] = () => Promise.reject(new Error('the gateway is out of order'));
    await newWorker({ ...sandbox(), charge });
    const payments = createTestPayments(client);
    const { paymentId } = await payments.send(payments.creation());
    const receipt = await payments.send(payments.processing(paymentId));
    expect(receipt.payment.status).toBe('processing');
    await waitUntil('the log', () => said.some((fields) => JSON.stringify(fields).includes(workflowIdOf(receipt))));
  });
});
