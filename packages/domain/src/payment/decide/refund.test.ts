// Refunds: reserved with the check, returned when they succeed, released when they fail.

import { describe, expect, it } from 'vitest';
import { given } from '../../testing/given.ts';
import {
  approve,
  create,
  decline,
  eur,
  importSettled,
  process,
  refund,
  settle,
  terms,
  unknown,
  waiting,
} from '../../testing/steps.ts';
import { PARK_AFTER_MS } from '../due-effects.ts';
import { refundable } from '../state.ts';

const captured = [create(), process(), approve('a1')] as const;

it('is reserved at once and returned when the gateway says so', () => {
  const asked = given(...captured, refund(40n, 'damaged'));
  expect(asked.events.at(-1)).toMatchObject({
    type: 'RefundRequested',
    data: { refundId: 'r1', gatewayKey: `${terms.paymentId}:r1`, amount: eur(40n), reason: 'damaged' },
  });
  expect(asked.payment).toMatchObject({ status: 'completed', refunded: 0n, refundedAt: null });
  expect(refundable(asked.payment)).toBe(60n);

  const returned = given(...captured, refund(40n), approve('r1'));
  expect(returned.payment).toMatchObject({
    status: 'partially_refunded',
    captured: 100n,
    refunded: 40n,
    refundedAt: returned.payment.updatedAt,
    refunds: [{ id: 'r1', status: 'succeeded', gatewayReference: 'gateway-r1', failure: null }],
  });
  expect(refundable(returned.payment)).toBe(60n);
});

it('without an amount returns all that remains', () => {
  const { payment } = given(...captured, refund(40n), approve('r1'), refund(), approve('r2'));
  expect(payment).toMatchObject({ status: 'refunded', refunded: 100n });
  expect(payment.refunds.map(({ amount }) => amount)).toEqual([eur(40n), eur(60n)]);
});

it('that fails releases what it reserved', () => {
  const failed = given(...captured, refund(), decline('r1'));
  expect(failed.payment).toMatchObject({ status: 'completed', refunded: 0n });
  expect(refundable(failed.payment)).toBe(100n);
  expect(failed.when(refund()).events).toMatchObject([
    { data: { refundId: 'r2', gatewayKey: `${terms.paymentId}:r2` } },
  ]);
});

it('keeps its reservation while its outcome is unknown, also when parked', () => {
  const parked = given(...captured, refund(40n), waiting(PARK_AFTER_MS, unknown('r1')));
  expect(refundable(parked.payment)).toBe(60n);
  expect(parked.when(refund(1n)).outcome).toBe('needs_review');
});

it('may run beside another, as long as both fit', () => {
  const both = given(...captured, refund(60n), refund(40n));
  expect(both.when(refund(1n)).outcome).toBe('nothing_to_refund');
  const { payment } = given(...captured, refund(60n), refund(40n), approve('r2'), decline('r1'));
  expect(payment).toMatchObject({ status: 'partially_refunded', refunded: 40n });
  expect(refundable(payment)).toBe(60n);
});

it('returns the very last unit', () => {
  expect(given(...captured, refund(99n)).when(refund()).events).toMatchObject([{ data: { amount: eur(1n) } }]);
});

it('says how much could be refunded', () => {
  expect(given(...captured, refund(40n)).when(refund(61n)).decision).toMatchObject({
    rejection: { code: 'refund_exceeds_captured', param: 'amount', details: { refundable: '60' } },
  });
});

it('goes up to what was captured, not to what was asked for', () => {
  const less = given(create(), process(), approve('a1', eur(90n)), settle('completed'));
  expect(less.payment).toMatchObject({ status: 'completed', amount: eur(100n), captured: 90n });
  expect(less.when(refund(91n)).outcome).toBe('refund_exceeds_captured');
  expect(
    given(create(), process(), approve('a1', eur(90n)), settle('completed'), refund(), approve('r1')).payment,
  ).toMatchObject({
    status: 'refunded',
    refunded: 90n,
  });
});

it('of an imported payment has no charge to name', () => {
  expect(given(importSettled(), refund(10n)).payment.refunds).toMatchObject([{ status: 'pending', amount: eur(10n) }]);
});

describe('the reason', () => {
  it('has its limit', () => {
    expect(given(...captured).when(refund(1n, 'x'.repeat(500))).outcome).toBe('RefundRequested');
    expect(given(...captured).when(refund(1n, 'x'.repeat(501))).outcome).toBe('field_too_long');
  });
});
