// Erasures that are carried out again, or late: what was erased does not come back, and what was recorded since stays.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyring, createMemoryLedger, createSandboxGateway, systemClock } from '@paystrata/application';
import { parseSubjectId, type PersonalData, type PersonalDataPatch } from '@paystrata/domain';
import { startTemporal, type TemporalServer } from '@paystrata/test-servers';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataConverterOf } from '../client/connect.ts';
import { PersonalSeals } from '../personal/personal-seals.ts';
import { appendEvents } from '../projection/append-events.ts';
import { createProjection } from '../projection/projection.ts';
import { RECORD_QUERY, workflowIdOf, type PaymentRecord, type WorkflowEvent } from '../protocol/messages.ts';
import { fromWire, type Wire } from '../protocol/wire.ts';
import { ids } from '../testing/orders.ts';
import { createTestPayments } from '../testing/test-payments.ts';
import { createTemporalStrategy } from './create-temporal-strategy.ts';

const folder = mkdtempSync(join(tmpdir(), 'paystrata-late-'));
let server: TemporalServer;
beforeAll(async () => {
  server = await startTemporal();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const nobody: PersonalData = { customer: null, description: null, metadata: {} };
const ada: PersonalData = { customer: { name: 'Ada', email: null }, description: 'engine', metadata: { door: '7' } };
const keyring = createMemoryKeyring();
const taskQueue = ids.next();
let projections = 0;

/** On a projection that is new, so that all of it comes from the workflows. */
async function started() {
  const strategy = createTemporalStrategy({
    ...{ clock: systemClock, ids, keyring, address: server.address, allowVolatile: true, taskQueue },
    gateway: createSandboxGateway(createMemoryLedger()),
    projection: { kind: 'sqlite', path: join(folder, `projection-${projections++}.db`) },
    archive: { kind: 'sqlite', path: join(folder, 'archive.db') },
  });
  await strategy.start();
  return strategy;
}

type Payments = ReturnType<typeof createTestPayments>;

function creationFor(customer: string, payments: Payments) {
  const creation = payments.creation();
  const subject = parseSubjectId(customer);
  if (creation.command.type !== 'CreatePayment' || subject === undefined) throw new Error('a creation was expected');
  return { ...creation, command: { ...creation.command, subject, personal: ada } };
}

function changing(payments: Payments, paymentId: Parameters<Payments['order']>[0], personal: PersonalDataPatch) {
  const stated = { amount: null, currency: null };
  return payments.order(paymentId, { type: 'UpdatePayment', now: systemClock.now(), stated, maxAmount: 1n, personal });
}

it('an erasure sent again, projected again, or of an archived payment leaves what came since', async () => {
  const strategy = await started();
  const payments = createTestPayments(strategy);
  const old = await payments.send(creationFor('ada', payments));
  const deleted = await payments.send(creationFor('ada', payments));
  const erasing = payments.erasing(old.paymentId);
  await payments.send(erasing);
  await payments.send(
    payments.order(deleted.paymentId, { type: 'DeletePayment', now: systemClock.now(), reason: null }),
  );
  await expect.poll(async () => (await strategy.client.describe(deleted))?.status).toBe('COMPLETED');
  await payments.send(payments.erasing(deleted.paymentId));
  const since = await payments.send(creationFor('ada', payments));
  expect((await payments.read(since)).personal).toEqual(ada);

  expect((await payments.send(erasing)).replayed).toBe(true);
  expect((await strategy.client.payment(since, 'strong'))?.personal).toEqual(ada);
  await strategy.stop();

  const anew = await started();
  const again = createTestPayments(anew, payments.organizationId);
  const read = async ({ paymentId, position }: typeof since) =>
    (await again.read({ paymentId, position: { ...position, epoch: anew.epoch() } })).personal;
  expect(await read(since)).toEqual(ada);
  expect((await anew.client.payment(since, 'strong'))?.personal).toEqual(ada);
  expect(await read(old)).toEqual(nobody);
  expect(await read(deleted)).toEqual(nobody);
  expect(await anew.maintenance.run('verify', { kind: 'all' })).toMatchObject({ differing: 0 });
  await anew.stop();
});

it('a change that was sent before the customer was erased with another payment brings nothing else back', async () => {
  const strategy = await started();
  const payments = createTestPayments(strategy);
  const one = await payments.send(creationFor('grace', payments));
  const two = await payments.send(creationFor('grace', payments));
  await payments.read(two);
  const change = changing(payments, two.paymentId, { metadata: { floor: '3' }, customer: { email: 'g@example.org' } });
  await payments.send(payments.erasing(one.paymentId));
  const changed = await payments.send(change);
  const left = { ...nobody, customer: { name: null, email: 'g@example.org' }, metadata: { floor: '3' } };
  expect(changed.payment.personal).toEqual(left);
  expect((await payments.read(changed)).personal).toEqual(left);
  expect((await strategy.client.payment(changed, 'strong'))?.personal).toEqual(left);
  await strategy.stop();
});

it('what was read for the projection before an erasure is not sealed for it afterwards', async () => {
  const seals = new PersonalSeals(keyring);
  const projection = createProjection(
    { kind: 'sqlite', path: join(folder, 'race.db'), readsPath: null },
    systemClock,
    keyring,
  );
  await projection.start();
  const strategy = await started();
  const payments = createTestPayments(strategy);
  const { paymentId, organizationId } = await payments.send(creationFor('joan', payments));
  const subject = parseSubjectId('joan');
  if (subject === undefined) throw new Error('a subject was expected');
  const updated = await payments.send(changing(payments, paymentId, { metadata: { floor: '3' } }));
  const sealed: readonly WorkflowEvent[] = await recordOf(updated);
  await appendEvents(projection.store, seals, { organizationId, paymentId, events: sealed.slice(0, 1) });

  // Erased once the payment was read, before what follows is sealed.
  const erasingCommit: typeof projection.store.commit = async (entries) => {
    await keyring.destroy(organizationId, subject);
    await keyring.keyFor(organizationId, subject);
    return projection.store.commit(entries);
  };
  const store = { load: projection.store.load.bind(projection.store), commit: erasingCommit };
  expect(await appendEvents(store, seals, { organizationId, paymentId, events: sealed })).toBe(2);
  const { payment } = await projection.store.load({ organizationId, paymentId }, null);
  expect(payment?.personal).toEqual(nobody);
  const { events } = await projection.store.readAll({ direction: 'forward', from: null, limit: 10 });
  expect(events.map(({ data }) => 'personal' in data && data.personal)).toEqual([null, null]);
  await strategy.stop();
  await projection.stop();

  async function recordOf(key: typeof updated): Promise<readonly WorkflowEvent[]> {
    const connection = await Connection.connect({ address: server.address });
    const client = new Client({ connection, dataConverter: await dataConverterOf({ encryptionKeyFile: null }) });
    const wire = await client.workflow.getHandle(workflowIdOf(key)).query<Wire<PaymentRecord>, []>(RECORD_QUERY);
    await connection.close();
    return fromWire<PaymentRecord>(wire).events;
  }
});
