// What a person settles: no charge is counted twice, no refund exceeds the capture, whatever was parked.

import { describe, expect, it } from 'vitest';
import { given } from '../../testing/given.ts';
import {
  approve,
  cancel,
  create,
  decline,
  eur,
  JPY,
  process,
  refund,
  remove,
  settle,
  unknown,
  update,
  waiting,
} from '../../testing/steps.ts';
import { PARK_AFTER_MS } from '../due-effects.ts';
import { money } from '../../money/money.ts';
import { liveAttempt, needsReview } from '../state.ts';

const declined = [create(), process(), decline('a1')] as const;
const again = [process(), decline('a1'), process()] as const;
const captured = [create(), process(), approve('a1')] as const;
const settledAsFailed = { code: 'processing_error', declineCode: 'settled_as_failed', retryable: true };

describe('an attempt whose outcome stayed unknown', () => {
  const parked = [create(), process(), waiting(PARK_AFTER_MS, unknown('a1'))] as const;

  it('completes for what was asked', () => {
    const { payment, events } = given(...parked, settle('completed', null, 'seen on the statement'));
    expect(events.at(-1)?.data).toEqual({
      item: { kind: 'attempt', id: 'a1' },
      outcome: 'completed',
      amount: eur(100n),
      reason: 'seen on the statement',
    });
    expect(payment).toMatchObject({ status: 'completed', captured: 100n, processedAt: payment.updatedAt });
    expect(payment.attempts).toMatchObject([{ status: 'succeeded', failure: null, parked: null }]);
  });

  it('fails, and can be tried again', () => {
    const { payment } = given(...parked, settle('failed'));
    expect(payment).toMatchObject({ status: 'failed', failure: settledAsFailed, failedAt: payment.updatedAt });
    expect(payment.attempts).toMatchObject([{ status: 'failed', failure: settledAsFailed, parked: null }]);
    expect(given(...parked, settle('failed')).when(process()).outcome).toBe('PaymentProcessingStarted');
  });
});

describe('an attempt of which another amount moved', () => {
  it.each([1n, 99n, 101n])('completes for the %d that moved', (amount) => {
    const { payment } = given(create(), process(), approve('a1', eur(amount)), settle('completed'));
    expect(payment).toMatchObject({ status: 'completed', captured: amount, amount: eur(100n) });
  });

  it.each([eur(0n), eur(-100n), money(100n, JPY)])('cannot complete for %s', (answered) => {
    const parked = given(create(), process(), approve('a1', answered));
    expect(parked.when(settle('completed')).outcome).toBe('settlement_impossible');
    expect(parked.when(settle('failed')).state).toMatchObject({ status: 'failed', captured: 0n });
  });
});

describe('a late approval', () => {
  it.each([
    ['failed', declined],
    ['pending again', [...declined, update({}, 90n)]],
    ['cancelled', [...declined, cancel()]],
  ] as const)('completes a payment that is %s', (_, before) => {
    expect(given(...before, approve('a1'), settle('completed')).payment).toMatchObject({
      status: 'completed',
      captured: 100n,
      failure: null,
      attempts: [{ status: 'succeeded', failure: null, parked: null }],
    });
  });

  it.each([
    ['failed', declined],
    ['pending', [...declined, update({}, 90n)]],
    ['cancelled', [...declined, cancel()]],
    ['deleted', [...declined, remove()]],
  ] as const)('that was undone leaves the payment %s', (status, before) => {
    const { payment } = given(...before, approve('a1'), settle('failed'));
    expect(payment).toMatchObject({ status, captured: 0n });
    expect(needsReview(payment)).toBe(false);
  });

  it('does not bring a deleted payment back', () => {
    expect(given(...declined, remove(), approve('a1')).when(settle('completed')).outcome).toBe('settlement_impossible');
  });

  it('is not settled as completed while a later attempt may still capture', () => {
    const open = given(...declined, process(), approve('a1'));
    expect(open.when(settle('completed')).decision).toMatchObject({
      rejection: { code: 'illegal_state', details: { status: 'processing' } },
    });
    const parked = given(...declined, process(), approve('a1'), waiting(PARK_AFTER_MS, unknown('a2')));
    expect(parked.when(settle('completed', 'a1')).outcome).toBe('illegal_state');
    expect(parked.when(settle('completed', 'a2')).state).toMatchObject({ status: 'completed', captured: 100n });
  });

  it('that was undone does not end the attempt that is being processed', () => {
    const { payment } = given(...declined, process(), approve('a1'), settle('failed'));
    expect(payment.status).toBe('processing');
    expect(liveAttempt(payment)?.id).toBe('a2');
    expect(given(...declined, process(), approve('a1'), settle('failed'), approve('a2')).payment).toMatchObject({
      status: 'completed',
      captured: 100n,
      attempts: [{ status: 'failed' }, { status: 'succeeded' }],
    });
  });

  it.each([1n, 100n])('beside a capture of %d is only ever undone', (amount) => {
    const twice = given(create({ amount: eur(amount) }), ...again, approve('a2'), approve('a1'));
    expect(twice.when(settle('completed')).outcome).toBe('settlement_impossible');
    expect(twice.when(settle('failed')).state).toMatchObject({ status: 'completed', captured: amount });
  });
});

describe('a parked refund', () => {
  const parked = [...captured, refund(40n), waiting(PARK_AFTER_MS, unknown('r1'))] as const;

  it('is returned, or releases its reservation', () => {
    expect(given(...parked, settle('completed')).payment).toMatchObject({
      status: 'partially_refunded',
      refunded: 40n,
    });
    const released = given(...parked, settle('failed'));
    expect(released.payment).toMatchObject({
      status: 'completed',
      refunded: 0n,
      refunds: [{ failure: settledAsFailed }],
    });
    expect(released.when(refund()).events).toMatchObject([{ data: { amount: eur(100n) } }]);
  });

  it('counts for what moved, where that still fits', () => {
    const { payment } = given(...captured, refund(40n), approve('r1', eur(100n)), settle('completed'));
    expect(payment).toMatchObject({
      status: 'refunded',
      refunded: 100n,
      refunds: [{ amount: eur(100n), gatewayReference: 'gateway-r1' }],
    });
    expect(given(...captured, refund(40n), approve('r1', eur(101n))).when(settle('completed')).outcome).toBe(
      'settlement_impossible',
    );
    expect(given(...captured, refund(40n), approve('r1', eur(0n))).when(settle('completed')).outcome).toBe(
      'settlement_impossible',
    );
  });

  it('that was approved late counts only where others have left room for it', () => {
    const room = given(...captured, refund(40n), decline('r1'), refund(60n), approve('r1'));
    expect(room.when(settle('completed')).state).toMatchObject({ refunded: 40n, refunds: [{ failure: null }, {}] });
    const none = given(...captured, refund(40n), decline('r1'), refund(61n), approve('r1'));
    expect(none.when(settle('completed')).outcome).toBe('settlement_impossible');
    expect(none.when(settle('failed')).outcome).toBe('PaymentSettled');
  });
});

describe('several parked items', () => {
  const several = given(...declined, process(), decline('a2'), approve('a1'), approve('a2'));

  it('are settled one by one, by name', () => {
    expect(several.when(settle('failed')).decision).toMatchObject({
      rejection: { code: 'settlement_ambiguous', param: 'itemId' },
    });
    expect(several.when(settle('completed', 'a2')).state).toMatchObject({
      status: 'completed',
      attempts: [{ status: 'parked' }, { status: 'succeeded' }],
    });
  });
});

describe('the reason', () => {
  const parked = given(...declined, approve('a1'));

  it('is needed, and has its limit', () => {
    expect(parked.when(settle('failed', null, ' \n')).decision).toMatchObject({ rejection: { param: 'reason' } });
    expect(parked.when(settle('failed', null, 'x'.repeat(500))).outcome).toBe('PaymentSettled');
    expect(parked.when(settle('failed', null, 'x'.repeat(501))).outcome).toBe('field_too_long');
  });
});
