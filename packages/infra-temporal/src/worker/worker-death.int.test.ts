// A worker is killed in the middle of its work: nothing is lost, nothing is doubled, and money is conserved.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandboxGateway, ledgerBalances, systemClock, type Receipt } from '@paystrata/application';
import { proofTimeoutMs, startTemporal, waitUntil, type TemporalServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTemporalStrategy } from '../strategy/create-temporal-strategy.ts';
import { openFileLedger } from '../testing/file-ledger.ts';
import { ids } from '../testing/orders.ts';
import { createTestPayments } from '../testing/test-payments.ts';
import { writeWorkflowBundle } from './workflow-bundle.ts';
import { startWorker, type WorkerProcess } from '../testing/start-worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-worker-'));
const children: WorkerProcess[] = [];
const storesIn = (place: string) => ({
  projection: { kind: 'sqlite', path: join(place, 'projection.db') } as const,
  keyringPath: join(place, 'keyring.db'),
  workflowBundlePath: join(place, 'workflow-bundle.js'),
});
let server: TemporalServer;
beforeAll(async () => {
  server = await startTemporal();
  await writeWorkflowBundle(storesIn(folder).workflowBundlePath);
});
afterAll(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it(
  'finishes what a killed worker left, charging each payment once',
  async () => {
    const [taskQueue, ledgerFile] = [ids.next(), join(folder, 'ledger.db')];
    const shared = { address: server.address, taskQueue, ...storesIn(folder) };
    const ledger = openFileLedger(ledgerFile);
    const first = await startWorker({ ...shared, ledgerFile, silent: true });
    children.push(first);
    const gateway = createSandboxGateway(ledger);
    const strategy = createTemporalStrategy({
      ...{ ...shared, clock: systemClock, ids, gateway, worker: false, allowVolatile: true },
    });
    await strategy.start();
    const payments = createTestPayments(strategy);
    const created = await Promise.all(Array.from({ length: 8 }, () => payments.send(payments.creation())));
    const answers = Promise.all(created.map(({ paymentId }) => payments.send(payments.processing(paymentId))));
    await waitUntil('money to move', async () => (await ledger.entries()).length >= 4);
    await first.kill();

    children.push(await startWorker({ ...shared, ledgerFile, silent: false }));
    const receipts = await answers;
    const moved = new Set((await ledger.entries()).map(({ gatewayKey }) => gatewayKey));
    const charged = receipts.filter(({ paymentId }) => [...moved].some((key) => key.startsWith(paymentId)));
    const settled = async (receipt: Receipt) => (await payments.read(receipt)).status === 'completed';
    for (const receipt of charged) {
      await waitUntil('what was charged to be completed', () => settled(receipt), { timeoutMs: 20_000 });
    }
    const after = await Promise.all(receipts.map((receipt) => payments.read(receipt)));
    const balance = ledgerBalances(await ledger.entries()).get(`${payments.organizationId}/EUR`);
    expect(after.reduce((sum, { captured }) => sum + captured, 0n)).toBe(balance);
    expect(after.every(({ attempts }) => attempts.length === 1)).toBe(true);
    // Whom the killed worker had not got to is looked up until "not found" counts: not failed before, not charged twice.
    expect(['completed', 'processing']).toEqual(expect.arrayContaining(after.map(({ status }) => status)));
    expect((await ledger.entries()).length).toBe(charged.length);
    await strategy.stop();
    ledger.close();
  },
  proofTimeoutMs,
);
