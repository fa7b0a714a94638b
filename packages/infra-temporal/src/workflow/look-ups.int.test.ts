// The timers of the look-up schedule, on a server whose clock is moved: what stays unknown for days is parked.

import { createMemoryKeyring, silentLogger, systemClock, type PaymentGateway } from '@paystrata/application';
import { parseCommandId, type GatewayAnswer, type PaymentCommand } from '@paystrata/domain';
import { temporalTimeSkippingProgram } from '@paystrata/test-servers';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PaymentWorkflows } from '../client/payment-workflows.ts';
import { PersonalSeals } from '../personal/personal-seals.ts';
import { createProjection, type Projection } from '../projection/projection.ts';
import { temporalOptionsSchema } from '../strategy/options.ts';
import { installRuntime } from '../worker/install-runtime.ts';
import { startPaymentWorker, type PaymentWorker } from '../worker/payment-worker.ts';
import { ids, newPaymentOrder, orderFor } from '../testing/orders.ts';

let environment: TestWorkflowEnvironment;
let worker: PaymentWorker;
let client: PaymentWorkflows;
let projection: Projection;
/** What the look-ups answer, and how many there were. */
let found: GatewayAnswer = { outcome: 'unknown' };
let looked = 0;

const gateway: PaymentGateway = {
  charge: async () => ({ outcome: 'unknown' }),
  refund: async () => ({ outcome: 'unknown' }),
  lookup: async () => {
    looked++;
    return found;
  },
};

beforeAll(async () => {
  installRuntime(silentLogger);
  const path = await temporalTimeSkippingProgram();
  environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  const options = temporalOptionsSchema.parse({
    ...{ address: environment.address, taskQueue: ids.next() },
    // This server keeps no index.
    searchAttributes: false,
  });
  const keyring = createMemoryKeyring();
  projection = createProjection(options.projection, systemClock, keyring);
  await projection.start();
  const parts = { projection, archive: null, seals: new PersonalSeals(keyring) };
  worker = await startPaymentWorker({ ...parts, options, gateway, logger: silentLogger });
  client = new PaymentWorkflows(new Client({ connection: environment.connection }), options);
});
afterAll(async () => {
  await worker.stop();
  await projection.stop();
  await environment.teardown();
});

/** A payment that is being processed, and whose charge was not answered. */
async function processing() {
  const creation = newPaymentOrder(500n, await environment.currentTimeMs());
  const send = (order: typeof creation, creates: boolean) =>
    client.execute({ ...order, callId: ids.next(), sealed: null }, parseCommandId(ids.next()) ?? '', creates);
  expect(await send(creation, true)).toMatchObject({ kind: 'done' });
  const now = creation.command.now;
  const command: PaymentCommand = {
    ...{ type: 'ProcessPayment', now, method: 'any', stated: { amount: null, currency: null } },
  };
  expect(await send(orderFor(creation, command), false)).toMatchObject({ kind: 'done', final: false });
  return async () => (await client.record(creation))?.payment?.attempts[0];
}

it('looks up on the schedule for 72 hours, then parks for a person', async () => {
  found = { outcome: 'unknown' };
  looked = 0;
  const attempt = await processing();
  await environment.sleep('71 hours');
  expect((await attempt())?.status).toBe('pending');
  await environment.sleep('2 hours');
  expect(await attempt()).toMatchObject({ status: 'parked', parked: { reason: 'unknown_outcome' } });
  // Gaps of 1, 2, 4 … 2048 s, then of an hour each.
  expect(looked).toBeGreaterThan(80);
  expect(looked).toBeLessThan(90);
});

it('takes "no such key" for an answer after a quarter of an hour only', async () => {
  found = { outcome: 'not_found' };
  const attempt = await processing();
  await environment.sleep('14 minutes');
  expect((await attempt())?.status).toBe('pending');
  await environment.sleep('20 minutes');
  expect(await attempt()).toMatchObject({ status: 'failed', failure: { declineCode: 'not_found' } });
});
