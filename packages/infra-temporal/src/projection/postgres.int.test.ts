// The projection in PostgreSQL: dropped and made again from the workflows alone, it is the same.

import {
  createMemoryKeyring,
  createMemoryLedger,
  createSandboxGateway,
  everyPayment,
  systemClock,
  type OrganizationId,
} from '@paystrata/application';
import { startPostgres, startTemporal, type PostgresServer, type TemporalServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTemporalStrategy } from '../strategy/create-temporal-strategy.ts';
import type { TemporalStrategy } from '../strategy/temporal-strategy.ts';
import { ids } from '../testing/orders.ts';
import { createTestPayments } from '../testing/test-payments.ts';

let servers: readonly [TemporalServer, PostgresServer];
beforeAll(async () => {
  servers = await Promise.all([startTemporal(), startPostgres()]);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

const keyring = createMemoryKeyring();
const taskQueue = ids.next();

async function startedOn(url: string): Promise<TemporalStrategy> {
  const [{ address }] = servers;
  const strategy = createTemporalStrategy({
    ...{ clock: systemClock, ids, keyring, address, allowVolatile: true, taskQueue },
    gateway: createSandboxGateway(createMemoryLedger()),
    projection: { kind: 'postgres', url, poolSize: 4 },
  });
  await strategy.start();
  return strategy;
}

/** What reads say of the organization, without the positions, which are those of another life. */
async function answers(strategy: TemporalStrategy, organizationId: OrganizationId) {
  const context = { organizationId, atLeast: null, timeoutMs: 10_000 };
  const { read, log } = strategy;
  const sort = { by: 'created', descending: false } as const;
  const found = await read.search(
    { type: 'SearchPayments', filter: everyPayment, sort, limit: 100, cursor: null, page: null },
    context,
  );
  const histories = found.payments.map(({ payment }) =>
    log.history({ type: 'PaymentHistory', paymentId: payment.id, fromVersion: 1 }, context),
  );
  return {
    payments: found.payments.map(({ payment }) => payment),
    statistics: await read.statistics(
      { type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' },
      context,
    ),
    histories: (await Promise.all(histories)).map((events) => events.map(({ position: _, ...event }) => event)),
  };
}

it('is made again, equal, in another database', async () => {
  const [, postgres] = servers;
  const strategy = await startedOn(await postgres.createDatabase());
  const payments = createTestPayments(strategy);
  const made = await Promise.all(Array.from({ length: 6 }, () => payments.send(payments.creation())));
  const [one, two, three] = made.map(({ paymentId }) => paymentId);
  if (one === undefined || two === undefined || three === undefined) throw new Error('three payments were expected');
  const last = [
    await payments.send(payments.describing(one, 'rent')),
    await payments.send(payments.processing(one)),
    await payments.send(payments.processing(two, 'test_decline_card_declined')),
    await payments.send(payments.erasing(three)),
  ];
  for (const receipt of [...made, ...last]) await payments.read(receipt);
  const before = await answers(strategy, payments.organizationId);
  expect(before.payments).toHaveLength(6);
  expect(before.statistics.count).toBe(6);
  await strategy.stop();

  const anew = await startedOn(await postgres.createDatabase());
  expect(await answers(anew, payments.organizationId)).toEqual(before);
  expect(await anew.maintenance.run('verify', { kind: 'all' })).toMatchObject({ checked: 6, differing: 0 });
  await anew.stop();
});
