// The projected log takes events at least once, in order, and forgets what is erased.

import type { PendingEvent } from '@paystrata/application';
import {
  instantOf,
  parseCommandId,
  parseCurrency,
  parseOrganizationId,
  parsePaymentId,
  parseSubjectId,
} from '@paystrata/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { openProjectionLog, type ProjectionLog } from './projection-log.ts';

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the test expected a value here');
  return value;
}

const organizationId = known(parseOrganizationId('acme'));
const subject = known(parseSubjectId('customer-1'));
const keyOf = (n: number) => ({
  organizationId,
  paymentId: known(parsePaymentId(`01980000-0000-7000-8000-${String(n).padStart(12, '0')}`)),
});

function envelope(n: number, version: number) {
  return {
    ...keyOf(n),
    eventId: `e-${n}-${version}`,
    schemaVersion: 1,
    version,
    actor: 'test',
    userId: null,
    correlationId: 'c',
    causationId: null,
    commandId: known(parseCommandId(`c-${n}-${version}`)),
    metadata: {},
  };
}

const at = instantOf(Date.UTC(2026, 0, 15));
const personal = { customer: { name: 'Ada', email: null }, description: null, metadata: {} };

function created(n: number): PendingEvent {
  const data = {
    ...keyOf(n),
    amount: { amount: 2n ** 60n, currency: known(parseCurrency('EUR')) },
    reference: null,
    userId: null,
    workflowId: null,
    resourceIds: [],
    createdAt: at,
    ...{ subject, personal, personalSize: 3 },
  };
  return { type: 'PaymentCreated', at, data, ...envelope(n, 1) };
}

const cancelled = (n: number): PendingEvent => ({
  type: 'PaymentCancelled',
  at,
  data: { reason: null },
  ...envelope(n, 2),
});
const erased = (n: number): PendingEvent => ({ type: 'PersonalDataErased', at, data: { subject }, ...envelope(n, 2) });

let log: ProjectionLog;
beforeEach(() => {
  log = openProjectionLog(null);
});

const everything = { direction: 'forward', from: null, limit: 100 } as const;

describe('the projected log', () => {
  it('takes the same events again without a trace', async () => {
    expect(log.append({ ...keyOf(1), events: [created(1), cancelled(1)] })).toBe(2);
    expect(log.append({ ...keyOf(1), events: [created(1), cancelled(1)] })).toBe(2);
    const { events } = await log.readAll(everything);
    expect(events).toEqual([
      { ...created(1), position: 1 },
      { ...cancelled(1), position: 2 },
    ]);
  });

  it('takes nothing that leaves a gap, and says what it has', async () => {
    expect(log.append({ ...keyOf(1), events: [cancelled(1)] })).toBe(0);
    expect((await log.readAll(everything)).events).toEqual([]);
  });

  it('reads its parts in both directions, page by page', async () => {
    for (const n of [1, 2, 3]) log.append({ ...keyOf(n), events: [created(n)] });
    log.append({ ...keyOf(1), events: [cancelled(1)] });
    const read = async (request: object) => {
      const page = await log.readAll({ ...everything, ...request });
      return [page.events.map(({ position }) => position), page.next, page.end];
    };
    expect(await read({ limit: 2 })).toEqual([[1, 2], 2, false]);
    expect(await read({ from: 2 })).toEqual([[3, 4], 4, true]);
    expect(await read({ direction: 'backward', limit: 1 })).toEqual([[4], 4, false]);
    expect(await read({ direction: 'backward', from: 3 })).toEqual([[2, 1], 1, true]);
    expect(await read(keyOf(1))).toEqual([[1, 4], 4, true]);
    expect(await read({ from: 9 })).toEqual([[], 9, true]);
  });

  it('keeps nothing personal of a payment that was erased', async () => {
    log.append({ ...keyOf(1), events: [created(1)] });
    log.append({ ...keyOf(1), events: [erased(1)] });
    const [first] = (await log.readAll(everything)).events;
    expect(first?.data).toMatchObject({ personal: null, personalSize: 3 });
  });

  it('writes events anew in their places', async () => {
    for (const n of [1, 2]) log.append({ ...keyOf(n), events: [created(n)] });
    const other = { ...created(1), actor: 'another' };
    log.rewrite({ ...keyOf(1), events: [other, cancelled(1)] });
    const { events } = await log.readAll(everything);
    expect(events.map(({ position, actor, paymentId }) => [position, actor, paymentId])).toEqual([
      [1, 'another', keyOf(1).paymentId],
      [2, 'test', keyOf(2).paymentId],
      [3, 'test', keyOf(1).paymentId],
    ]);
  });
});
