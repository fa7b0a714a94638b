// Cancelling, deleting and erasing.

import { describe, expect, it } from 'vitest';
import { given } from '../../testing/given.ts';
import {
  approve,
  cancel,
  create,
  decline,
  erase,
  process,
  refund,
  remove,
  start,
  terms,
  type Step,
} from '../../testing/steps.ts';

const failed = [create(), process(), decline('a1')] as const;

it('cancels with a reason, which has its limit', () => {
  expect(given(create(), cancel('changed plans')).events.at(-1)).toEqual({
    type: 'PaymentCancelled',
    at: start + 1000,
    data: { reason: 'changed plans' },
  });
  expect(given(create()).when(cancel('x'.repeat(500))).outcome).toBe('PaymentCancelled');
  expect(given(create()).when(cancel('x'.repeat(501))).outcome).toBe('field_too_long');
  expect(given(create()).when(remove('x'.repeat(501))).outcome).toBe('field_too_long');
});

it('deletes with a reason', () => {
  expect(given(create(), remove('a duplicate')).events.at(-1)?.data).toEqual({ reason: 'a duplicate' });
});

it('keeps a cancelled payment from being processed', () => {
  expect(given(...failed, cancel()).when(process()).outcome).toBe('illegal_state');
});

describe('a deleted payment', () => {
  it('keeps what it was, and takes no more commands', () => {
    const deleted = given(...failed, cancel(), remove('a duplicate'));
    expect(deleted.payment).toMatchObject({ status: 'deleted', id: terms.paymentId, attempts: [{ status: 'failed' }] });
    expect(deleted.when(process()).decision).toMatchObject({ rejection: { code: 'payment_deleted' } });
    expect(deleted.when(remove()).outcome).toBe('payment_deleted');
  });

  it.each<[string, readonly Step[]]>([
    ['captured', [create(), process(), approve('a1')]],
    ['refunded', [create(), process(), approve('a1'), refund(), approve('r1')]],
    ['being processed', [create(), process()]],
  ])('was never %s', (_, history) => {
    expect(given(...history).when(remove()).outcome).toBe('illegal_state');
    expect(given(...history).when(cancel()).outcome).toBe('illegal_state');
  });
});

describe('erasing personal data', () => {
  it('leaves the payment as it is, without them', () => {
    const before = given(create(), process()).payment;
    const { events, payment } = given(create(), process(), erase());
    expect(events.at(-1)?.data).toEqual({ subject: terms.subject });
    expect(payment).toEqual({
      ...before,
      personal: { customer: null, description: null, metadata: {} },
      personalErased: true,
      version: 3,
      size: payment.size,
      updatedAt: payment.updatedAt,
    });
  });

  it('happens once, also to a deleted payment', () => {
    expect(given(create(), erase()).when(erase()).outcome).toBe('nothing');
    expect(given(create(), remove(), erase()).payment).toMatchObject({ status: 'deleted', personalErased: true });
  });
});
