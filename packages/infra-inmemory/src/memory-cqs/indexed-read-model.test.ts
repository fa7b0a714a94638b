import {
  createUuidV7Ids,
  everyPayment,
  paymentIdFor,
  systemClock,
  type ReadContext,
  type SearchPayments,
  type Strategy,
} from '@paystrata/application';
import { instantOf, noPersonalData, parseCommandId, parseCurrency, parseSubjectId } from '@paystrata/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { acme, known } from '@paystrata/conformance/random-payments';
import { createMemoryCqsStrategy } from './memory-cqs.ts';

const context: ReadContext = { organizationId: acme, atLeast: null, timeoutMs: 0 };
const newest: SearchPayments = {
  ...{ type: 'SearchPayments', filter: everyPayment, limit: 10, cursor: null, page: null },
  sort: { by: 'created', descending: true },
};
const ids = createUuidV7Ids(systemClock);
const scope = { kind: 'all' } as const;

let strategy: Strategy;
beforeEach(async () => {
  strategy = createMemoryCqsStrategy({ clock: systemClock, ids });
  await strategy.start();
});

async function create(number: number) {
  const paymentId = paymentIdFor(acme, `invoice-${number}`, ids);
  const now = instantOf(Date.UTC(2026, 0, 15) + number);
  const result = await strategy.write.execute({
    ...{ organizationId: acme, paymentId, commandId: known(parseCommandId(`c-${number}`)), expectedVersion: null },
    ...{ actor: 'test', userId: null, correlationId: 'c', causationId: null, metadata: {} },
    command: {
      ...{ type: 'CreatePayment', now, paymentId, organizationId: acme, maxAmount: 1000n },
      amount: { amount: 100n, currency: known(parseCurrency('EUR')) },
      ...{ reference: `invoice-${number}`, userId: null, workflowId: null, resourceIds: [], createdAt: null },
      ...{ subject: known(parseSubjectId('customer-1')), personal: noPersonalData },
    },
  });
  if (!result.ok) throw new Error(result.rejection.message);
  return result.receipt;
}

describe('reads of memory-cqs', () => {
  it('contain what was committed before, at once', async () => {
    for (let number = 1; number <= 3; number += 1) {
      const { position } = await create(number);
      const page = await strategy.read.search(newest, { ...context, atLeast: position });
      expect(page.total.value).toBe(number);
    }
  });

  it('fail where the position is yet to come', async () => {
    const { position } = await create(1);
    const atLeast = { ...position, position: 99 };
    await expect(strategy.read.search(newest, { ...context, atLeast })).rejects.toMatchObject({
      code: 'POSITION_TIMEOUT',
    });
  });

  it('stay right while the index is rebuilt', async () => {
    for (let number = 1; number <= 1500; number += 1) await create(number);
    const rebuilt = strategy.maintenance.run('rebuild', scope);
    for (let number = 1501; number <= 1600; number += 1) await create(number);
    expect((await strategy.read.search(newest, context)).total.value).toBe(1600);
    expect((await rebuilt).checked).toBe(1600);
    expect((await strategy.read.search(newest, context)).total.value).toBe(1600);
    expect(await strategy.maintenance.run('verify', scope)).toMatchObject({ checked: 1600, differing: 0 });
  });

  it('know nothing of an earlier life', async () => {
    await create(1);
    await strategy.stop();
    await expect(strategy.read.awaitingGateway(null, 1)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await strategy.start();
    expect((await strategy.read.search(newest, context)).payments).toEqual([]);
  });
});
