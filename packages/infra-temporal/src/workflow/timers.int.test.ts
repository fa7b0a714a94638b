// Every timer of the workflow, on a server whose clock is moved:
//
// - a look-up waits 1 s, doubling to 1 h, for 72 h; "no such key" counts after a quarter of an hour
// - a call of the gateway is unknown when nobody takes it, when its worker is silent for 3 s, and when it takes too long
// - what is recorded is handed to projection and archive again and again, after 0.1 s doubling to 10 s, and after 4 s
//   without an answer
// - what the gateway's answer will soon add to is held back for 1 s; what somebody else projects, for 30 s

import type { PaymentGateway } from '@paystrata/application';
import { instantOf, money, parseCurrency, type GatewayAnswer, type PaymentCommand } from '@paystrata/domain';
import { waitUntil } from '@paystrata/test-servers';
import { heartbeat } from '@temporalio/activity';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGatewayActivities } from '../activities/gateway-activities.ts';
import { ids, newPaymentOrder, orderFor } from '../testing/orders.ts';
import { startSkippingWorld, type SkippingWorld } from '../testing/skipping-world.ts';

/** A server each: time stands still on one while an activity waits for a worker, such as one that another test left. */
let world: SkippingWorld;
beforeEach(async () => {
  world = await startSkippingWorld();
});
afterEach(() => world.stop());

type Queues = Awaited<ReturnType<SkippingWorld['open']>>;

const stated = { amount: null, currency: null };
const never = new Promise<never>(() => undefined);
const unknown: GatewayAnswer = { outcome: 'unknown' };

/** Answers as it is told; look-ups are counted. */
function gatewayThatSays(says: { charge?: GatewayAnswer; refund?: GatewayAnswer; lookup: GatewayAnswer }) {
  let looked = 0;
  const gateway: PaymentGateway = {
    charge: async () => says.charge ?? unknown,
    refund: async () => says.refund ?? unknown,
    lookup: async () => {
      looked++;
      return says.lookup;
    },
  };
  return { activities: { ...createGatewayActivities(gateway, 1000) }, looked: () => looked };
}

async function newPayment(queues: Queues) {
  const creation = newPaymentOrder(500n, await world.environment.currentTimeMs());
  expect(await queues.send(creation, true)).toMatchObject({ kind: 'done' });
  const send = async (command: PaymentCommand) => queues.send(orderFor(creation, command));
  const now = async () => instantOf(await world.environment.currentTimeMs());
  const state = async () => (await queues.client.record(creation))?.payment;
  return {
    key: creation,
    process: async () => send({ type: 'ProcessPayment', now: await now(), method: 'any', stated }),
    refund: async () => send({ type: 'RefundPayment', now: await now(), stated, reason: null }),
    remove: async () => send({ type: 'DeletePayment', now: await now(), reason: null }),
    attempt: async () => (await state())?.attempts[0],
    refunded: async () => (await state())?.refunds[0],
    projected: async () => (await queues.projection.store.load(creation, null)).payment?.version ?? 0,
  };
}

describe('a look-up', () => {
  const euros = parseCurrency('EUR');
  if (euros === undefined) throw new Error('there are no euros');
  const approved: GatewayAnswer = { outcome: 'approved', amount: money(500n, euros), gatewayReference: 'ch_1' };

  it.each(['charge', 'refund'] as const)('of a %s is made on the schedule for 72 hours, then parked', async (kind) => {
    const queues = await world.open();
    const gateway = gatewayThatSays({ ...(kind === 'refund' && { charge: approved }), lookup: unknown });
    await queues.gateway(gateway.activities);
    await queues.projector(queues.projecting);
    const payment = await newPayment(queues);
    await payment.process();
    if (kind === 'refund') await payment.refund();
    const item = kind === 'charge' ? payment.attempt : payment.refunded;
    await world.environment.sleep('71 hours');
    expect((await item())?.status).toBe('pending');
    await world.environment.sleep('2 hours');
    expect(await item()).toMatchObject({ status: 'parked', parked: { reason: 'unknown_outcome' } });
    // Gaps of 1, 2, 4 … 2048 s, then of an hour each.
    expect(gateway.looked()).toBeGreaterThan(80);
    expect(gateway.looked()).toBeLessThan(90);
    await queues.stop();
  });

  it('takes "no such key" for an answer after a quarter of an hour only', async () => {
    const queues = await world.open();
    await queues.gateway(gatewayThatSays({ lookup: { outcome: 'not_found' } }).activities);
    await queues.projector(queues.projecting);
    const payment = await newPayment(queues);
    await payment.process();
    await world.environment.sleep('14 minutes');
    expect((await payment.attempt())?.status).toBe('pending');
    await world.environment.sleep('20 minutes');
    expect(await payment.attempt()).toMatchObject({ status: 'failed', failure: { declineCode: 'not_found' } });
    await queues.stop();
  });
});

describe('a call of the gateway is unknown, and looked up,', () => {
  const later = gatewayThatSays({ lookup: { outcome: 'not_found' } }).activities;

  it('when nobody takes it', async () => {
    const queues = await world.open({ gatewayTimeoutMs: 1000 });
    await queues.projector(queues.projecting);
    const payment = await newPayment(queues);
    expect(await world.passing(payment.process())).toMatchObject({ kind: 'done', final: false });
    await queues.gateway(later);
    await world.environment.sleep('20 minutes');
    expect((await payment.attempt())?.status).toBe('failed');
    await queues.stop();
  });

  it.each([
    ['its worker is silent, within some seconds', 3_600_000, () => never],
    [
      'it takes too long although its worker lives',
      1000,
      async () => {
        const beating = setInterval(() => heartbeat(), 500);
        return never.finally(() => clearInterval(beating));
      },
    ],
  ] as const)('when %s', async (_case, gatewayTimeoutMs, charge) => {
    const queues = await world.open({ gatewayTimeoutMs });
    await queues.projector(queues.projecting);
    const stop = await queues.gateway({ charge });
    const payment = await newPayment(queues);
    expect(await world.passing(payment.process())).toMatchObject({ kind: 'done', final: false });
    await stop();
    await queues.gateway(later);
    await world.environment.sleep('20 minutes');
    expect((await payment.attempt())?.status).toBe('failed');
    await queues.stop();
  });
});

describe('what is recorded', () => {
  it('reaches a projection that was down for an hour within ten seconds, and one that did not answer', async () => {
    const queues = await world.open();
    const answers = [() => never, () => Promise.reject(new Error('down'))];
    let [down, tries] = [true, 0];
    await queues.projector({
      project: (message) => {
        tries++;
        const answer = answers.shift();
        if (answer !== undefined) return answer();
        return down ? Promise.reject(new Error('down')) : queues.projecting.project(message);
      },
    });
    const payment = await newPayment(queues);
    await world.environment.sleep('1 hour');
    expect(await payment.projected()).toBe(0);
    // 0.1, 0.2, 0.4 … 6.4 s, then every ten seconds.
    expect(tries).toBeGreaterThan(300);
    down = false;
    await world.environment.sleep('11 seconds');
    await waitUntil('the projection', async () => (await payment.projected()) === 1);
    await queues.stop();
  });

  it('reaches an archive that was down, and only then the workflow ends', async () => {
    const queues = await world.open({ archive: { kind: 'sqlite', path: 'none: this test answers for it' } });
    let down = true;
    await queues.projector({
      project: (message) => queues.projecting.project(message),
      archive: async () => (down ? Promise.reject(new Error('down')) : 2),
    });
    const payment = await newPayment(queues);
    await payment.remove();
    await world.environment.sleep('1 hour');
    expect((await queues.client.describe(payment.key))?.status.name).toBe('RUNNING');
    down = false;
    await world.environment.sleep('11 seconds');
    const status = async () => (await queues.client.describe(payment.key))?.status.name;
    await waitUntil('the end', async () => (await status()) === 'COMPLETED');
    await queues.stop();
  });

  it('of a call that somebody waits for is projected with its answer, or after a second', async () => {
    const queues = await world.open();
    const projectedVersions: number[] = [];
    await queues.projector({
      project: async (message) => {
        const version = await queues.projecting.project(message);
        projectedVersions.push(version);
        return version;
      },
    });
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
    const answers: Promise<void>[] = [Promise.resolve(), mayAnswer];
    const charge = async () => {
      await answers.shift();
      const failure = { code: 'card_declined', declineCode: null, retryable: true } as const;
      return { outcome: 'declined', failure } as const;
    };
    await queues.gateway({ charge });
    const quick = await newPayment(queues);
    await waitUntil('the creation', () => projectedVersions.length === 1);
    await quick.process();
    await waitUntil('the answer', async () => (await quick.projected()) === 3);
    expect(projectedVersions).toEqual([1, 3]);

    const slow = await newPayment(queues);
    const processed = slow.process();
    await waitUntil('the attempt', async () => (await slow.projected()) === 2);
    answer();
    expect(await processed).toMatchObject({ payment: { version: 3 } });
    await queues.stop();
  });

  it('elsewhere before is projected by whoever adopts it, else after half a minute', async () => {
    const queues = await world.open();
    await queues.projector(queues.projecting);
    const source = await newPayment(queues);
    const { events = [], payment = null } = (await queues.client.record(source.key)) ?? {};
    const key = newPaymentOrder(1n);
    const { organizationId, paymentId } = key;
    const moved = events.map((event) => ({ ...event, organizationId, paymentId, eventId: ids.next() }));
    const outcome = await queues.client.adopt({ organizationId, paymentId, events: moved }, payment, 'adopt/1');
    expect(outcome).toEqual({ kind: 'adopted', adopted: 1, known: 0 });
    const projected = async () => (await queues.projection.store.load(key, null)).payment?.version ?? 0;
    await world.environment.sleep('25 seconds');
    expect(await projected()).toBe(0);
    await world.environment.sleep('6 seconds');
    await waitUntil('the projection', async () => (await projected()) === 1);
    await queues.stop();
  });
});
