// The actions that the console offers are those of the life cycle.

import type { PaymentView } from '../api/types.ts';
import { describe, expect, it } from 'vitest';
import { actionsOf, refundable, reserved } from './actions.ts';

const pending: PaymentView = {
  ...{ id: 'p', organizationId: 'demo', status: 'pending', amount: 1000, currency: 'EUR', captured: 0, refunded: 0 },
  ...{ description: null, reference: null, customer: null, userId: null, workflowId: null, resourceIds: [] },
  ...{ metadata: {}, attempts: [], refunds: [], needsReview: false, failure: null, version: 1 },
  ...{ createdAt: '', updatedAt: '', processedAt: null, failedAt: null, refundedAt: null },
};
const refund = (status: string, amount: number): PaymentView['refunds'][number] => ({
  ...{ id: 'r', status, amount, currency: 'EUR', requestedAt: '', resolvedAt: null, gatewayReference: null },
  ...{ failure: null, parked: null, reason: null },
});
const possible = (payment: Partial<PaymentView>): string[] =>
  actionsOf({ ...pending, ...payment })
    .filter(({ refused }) => refused === null)
    .map(({ name }) => name);

describe('actions', () => {
  it.each<[PaymentView['status'], readonly string[]]>([
    ['pending', ['process', 'cancel', 'update', 'delete', 'erase']],
    ['failed', ['process', 'cancel', 'update', 'delete', 'erase']],
    ['processing', ['update', 'erase']],
    ['completed', ['refund', 'update', 'erase']],
    ['partially_refunded', ['refund', 'update', 'erase']],
    ['refunded', ['update', 'erase']],
    ['cancelled', ['update', 'delete', 'erase']],
    ['deleted', ['erase']],
  ])('of a payment that is %s', (status, names) => {
    expect(possible({ status, captured: 1000 })).toEqual(names);
  });

  it('are settled by a person where something is parked, and no refund is asked for meanwhile', () => {
    expect(possible({ status: 'completed', captured: 1000, needsReview: true })).toEqual(['settle', 'update', 'erase']);
  });

  it('say why they may not be done', () => {
    for (const { refused } of actionsOf({ ...pending, status: 'deleted' })) {
      if (refused !== null) expect(refused).toMatch(/^[a-z].{8,}$/);
    }
  });
});

describe('what can be refunded', () => {
  it('leaves out what succeeded and what may yet succeed', () => {
    const refunds = [refund('succeeded', 200), refund('pending', 300), refund('parked', 50), refund('failed', 400)];
    const payment: PaymentView = { ...pending, status: 'partially_refunded', captured: 1000, refunded: 200, refunds };
    expect(refundable(payment)).toBe(450);
    expect(reserved(payment)).toBe(350);
  });

  it('is nothing once all is reserved', () => {
    expect(possible({ status: 'completed', captured: 100, refunds: [refund('pending', 100)] })).not.toContain('refund');
  });
});
