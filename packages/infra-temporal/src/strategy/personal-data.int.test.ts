// Personal data goes to no server: it is in no history, not in what the server keeps, and gone once it is erased.

import { readdirSync, readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryLedger, createSandboxGateway, systemClock } from '@paystrata/application';
import { parseSubjectId, type PersonalData } from '@paystrata/domain';
import { startTemporal, type TemporalServer } from '@paystrata/test-servers';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIdOf } from '../protocol/messages.ts';
import { ids } from '../testing/orders.ts';
import { createTestPayments } from '../testing/test-payments.ts';
import { createTemporalStrategy } from './create-temporal-strategy.ts';
import type { TemporalStrategy } from './temporal-strategy.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-personal-'));
const serverFolder = mkdtempSync(join(tmpdir(), 'paystrata-server-'));
let server: TemporalServer;
let strategy: TemporalStrategy;
beforeAll(async () => {
  server = await startTemporal({ own: true, dataFolder: serverFolder });
  strategy = createTemporalStrategy({
    ...{ clock: systemClock, ids, address: server.address, allowVolatile: true, taskQueue: ids.next() },
    gateway: createSandboxGateway(createMemoryLedger()),
    keyringPath: join(folder, 'keyring.db'),
    projection: { kind: 'sqlite', path: join(folder, 'projection.db') },
    archive: { kind: 'sqlite', path: join(folder, 'archive.db') },
  });
  await strategy.start();
});
afterAll(async () => {
  await strategy.stop();
  await server.stop();
  for (const each of [folder, serverFolder]) rmSync(each, { recursive: true, force: true });
});

const canaries = ['Canaryname', 'canary@mail.example', 'Canarydescription', 'Canarymetadata', 'Canarylater'] as const;
const [name, email, description, door, later] = canaries;
const personal: PersonalData = { customer: { name, email }, description, metadata: { door } };

/** A payment of a customer with all there is, changed, and charged. */
async function livelyPayment(customer: string, payments = createTestPayments(strategy)) {
  const creation = payments.creation();
  const subject = parseSubjectId(customer);
  if (creation.command.type !== 'CreatePayment' || subject === undefined) throw new Error('a creation was expected');
  const created = await payments.send({ ...creation, command: { ...creation.command, subject, personal } });
  const { paymentId } = created;
  const updated = await payments.send(payments.describing(paymentId, later));
  const processed = await payments.send(payments.processing(paymentId));
  return { payments, paymentId, created, updated, processed };
}

function found(texts: readonly string[]): readonly string[] {
  return canaries.filter((canary) => texts.some((text) => text.includes(canary)));
}

/** As it lies on the disk, and as payloads are written there: base64 has three shifts of a text. */
function filesIn(place: string): readonly string[] {
  const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}

describe('personal data', () => {
  it('comes back in receipts, and is nowhere in histories or in the files of the server', async () => {
    const { payments, created, updated, processed } = await livelyPayment('customer-1');
    expect(created.payment.personal).toEqual(personal);
    expect(updated.events[0]?.data).toMatchObject({ personal: { description: later } });
    expect(processed.payment.personal).toEqual({ ...personal, description: later });
    expect((await payments.read(processed)).personal).toEqual({ ...personal, description: later });

    const client = new Client({ connection: await Connection.connect({ address: server.address }) });
    const history = historyToJSON(await client.workflow.getHandle(workflowIdOf(processed)).fetchHistory());
    await client.connection.close();
    const payloads = [...history.matchAll(/"data": "([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) =>
      Buffer.from(data, 'base64').toString(),
    );
    expect(payloads.join('')).toContain(processed.paymentId);
    expect(found([history, ...payloads])).toEqual([]);
    const stored = filesIn(serverFolder);
    expect(stored.some((text) => text.includes(processed.paymentId))).toBe(true);
    expect(found(stored)).toEqual([]);
  });

  it('is gone from workflows, projection and other payments of the customer once it is erased', async () => {
    const one = await livelyPayment('customer-2');
    const other = await livelyPayment('customer-2', one.payments);
    expect((await one.payments.read(other.processed)).personal.description).toBe(later);
    const erased = await one.payments.send(one.payments.erasing(one.paymentId));
    expect(erased.payment.personal).toEqual({ customer: null, description: null, metadata: {} });
    expect((await one.payments.read(erased)).personal.description).toBeNull();
    const strong = await strategy.client.payment(one.created, 'strong');
    expect(strong?.personal).toEqual(erased.payment.personal);
    expect(JSON.stringify(await one.payments.history(one.paymentId, erased), bigints)).not.toContain(later);
    expect((await strategy.client.payment(other.created, 'strong'))?.personal).toEqual(erased.payment.personal);
    expect((await one.payments.read(other.processed)).personal).toEqual(erased.payment.personal);
    const again = await one.payments.send(one.payments.refunding(other.paymentId, 1n));
    expect(again.payment.personal).toEqual(erased.payment.personal);
  });
});

function bigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
