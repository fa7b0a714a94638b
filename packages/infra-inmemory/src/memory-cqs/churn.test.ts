import { createUuidV7Ids, everyPayment, systemClock } from '@paystrata/application';
import { acme } from '@paystrata/conformance/random-payments';
import { expect, it } from 'vitest';
import { createMemoryCqsStrategy } from './memory-cqs.ts';
import { Churn } from './testing/churn.ts';

it('stays right while payments come, change, go and are searched for', async () => {
  const strategy = createMemoryCqsStrategy({ clock: systemClock, ids: createUuidV7Ids(systemClock) });
  await strategy.start();
  const churn = new Churn(strategy, 1);
  for (let operation = 0; operation < 2500; operation += 1) await churn.step();
  const context = { organizationId: acme, atLeast: null, timeoutMs: 0 };
  const sort = { by: 'created', descending: true } as const;
  for (const status of ['pending', 'deleted'] as const) {
    const filter = { ...everyPayment, statuses: [status] };
    const query = { type: 'SearchPayments', filter, sort, limit: 1, cursor: null, page: null } as const;
    expect((await strategy.read.search(query, context)).total.value).toBe(churn.count(status));
  }
  expect(await strategy.maintenance.run('optimize', { kind: 'all' })).toMatchObject({ differing: 0 });
  expect(await strategy.maintenance.run('verify', { kind: 'all' })).toMatchObject({
    ...{ checked: churn.statuses.length, differing: 0 },
  });
  const peak = strategy
    .measure()
    .find(({ name, labels }) => name === 'paystrata_memory_bytes' && labels['at'] === 'peak');
  expect(peak?.value).toBeGreaterThan(0);
  await strategy.stop();
});
