// Records the histories that replay tests hold the workflow code to, against a development server. Run by hand, with a
// name that says what is new: `node --conditions=@paystrata/source src/testing/record-histories.ts v1`.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, createSandboxGateway, systemClock, type Receipt } from '@paystrata/application';
import { startTemporal, waitUntil } from '@paystrata/test-servers';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { workflowIdOf } from '../protocol/messages.ts';
import { createTemporalStrategy } from '../strategy/create-temporal-strategy.ts';
import { ids } from './orders.ts';
import { createTestPayments } from './test-payments.ts';

const name = process.argv[2] ?? 'new';
const folder = join(import.meta.dirname, '..', '..', 'histories');
mkdirSync(folder, { recursive: true });

const server = await startTemporal({ own: true, dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 100 } });
const { address } = server;
const gateway = createSandboxGateway();
const keyring = createMemoryKeyring();
const recorded = { allowVolatile: true, keyring, identity: 'paystrata', taskQueue: 'paystrata' };
const place = mkdtempSync(join(tmpdir(), 'paystrata-record-'));
const archive = { kind: 'sqlite', path: join(place, 'archive.db') } as const;
const strategy = createTemporalStrategy({ address, clock: systemClock, ids, gateway, archive, ...recorded });
await strategy.start();
const client = new Client({ connection: await Connection.connect({ address }) });
const payments = createTestPayments(strategy);

const runOf = async (receipt: Receipt) => (await client.workflow.getHandle(workflowIdOf(receipt)).describe()).runId;

async function keep(what: string, receipt: Receipt, run: string): Promise<void> {
  const workflowId = workflowIdOf(receipt);
  const history = JSON.parse(historyToJSON(await client.workflow.getHandle(workflowId, run).fetchHistory())) as object;
  writeFileSync(join(folder, `${name}-${what}.json`), `${JSON.stringify({ workflowId, history }, null, 1)}\n`);
}

const { paymentId } = await payments.send(payments.creation());
await payments.send(payments.processing(paymentId, 'test_decline_card_declined'));
await payments.send(payments.processing(paymentId));
const refunded = await payments.send(payments.refunding(paymentId, 100n));
await payments.read(refunded);
await keep('refunded', refunded, await runOf(refunded));

const open = await payments.send(payments.creation());
const first = await runOf(open);
await payments.send(payments.processing(open.paymentId, 'test_timeout_then_approve'));
await waitUntil('the look-up', async () => (await payments.read(open)).status === 'completed');
for (let n = 0; n < 12; n++) await payments.send(payments.refunding(open.paymentId, 1n));
await payments.read(await payments.send(payments.refunding(open.paymentId, 1n)));
await waitUntil('another run', async () => (await runOf(open)) !== first);
await keep('looked-up', open, first);
await keep('continued', open, await runOf(open));

const named = await payments.send(payments.creation());
await payments.send(payments.describing(named.paymentId, 'rent'));
const run = await runOf(named);
await payments.send(payments.erasing(named.paymentId));
await waitUntil('another run', async () => (await runOf(named)) !== run);
await keep('erased', named, run);
const now = systemClock.now();
await payments.send(payments.order(named.paymentId, { type: 'DeletePayment', now, reason: null }));
const status = async () => (await strategy.client.describe(named))?.status;
await waitUntil('the archive', async () => (await status()) === 'COMPLETED');
await keep('archived', named, await runOf(named));

await client.connection.close();
await strategy.stop();
await server.stop();
rmSync(place, { recursive: true });
