// What the gateway answers: the first definite answer counts, repeats change nothing, surprises are parked.

import { describe, expect, it } from 'vitest';
import { given } from '../../testing/given.ts';
import {
  approve,
  create,
  decline,
  eur,
  JPY,
  notFound,
  process,
  refund,
  settle,
  unknown,
  waiting,
} from '../../testing/steps.ts';
import { NOT_FOUND_IS_FINAL_AFTER_MS, PARK_AFTER_MS } from '../due-effects.ts';
import { money } from '../../money/money.ts';
import { needsReview } from '../state.ts';

const processing = [create(), process()] as const;
const parkedUnknown = [...processing, waiting(PARK_AFTER_MS, unknown('a1'))] as const;

describe('an attempt', () => {
  it('that is approved completes the payment', () => {
    const { payment } = given(...processing, approve('a1', undefined, 'ref-9'));
    expect(payment).toMatchObject({
      status: 'completed',
      captured: 100n,
      processedAt: payment.updatedAt,
      failure: null,
    });
    expect(payment.attempts).toMatchObject([
      { status: 'succeeded', gatewayReference: 'ref-9', resolvedAt: payment.updatedAt, parked: null },
    ]);
  });

  it('that is declined fails it, with the reason', () => {
    const failure = { code: 'card_declined', declineCode: 'generic_decline', retryable: true };
    const { payment } = given(...processing, decline('a1'));
    expect(payment).toMatchObject({ status: 'failed', captured: 0n, failure, failedAt: payment.updatedAt });
    expect(payment.attempts).toMatchObject([{ status: 'failed', failure, resolvedAt: payment.updatedAt }]);
  });

  it('stays open while its outcome is unknown, until 72 hours have passed', () => {
    const open = given(...processing);
    // A step comes a second after the event before it.
    expect(open.when(waiting(PARK_AFTER_MS - 1001, unknown('a1'))).outcome).toBe('nothing');
    expect(open.when(waiting(PARK_AFTER_MS - 1000, unknown('a1'))).state).toMatchObject({
      status: 'processing',
      attempts: [{ status: 'parked', parked: { reason: 'unknown_outcome', answered: null }, gatewayReference: null }],
    });
  });

  it('that the gateway does not know stays open until its call must have arrived', () => {
    const open = given(...processing);
    expect(open.when(waiting(NOT_FOUND_IS_FINAL_AFTER_MS - 1001, notFound('a1'))).outcome).toBe('nothing');
    expect(open.when(waiting(NOT_FOUND_IS_FINAL_AFTER_MS - 1000, notFound('a1'))).state).toMatchObject({
      status: 'failed',
      failure: { code: 'processing_error', declineCode: 'not_found', retryable: true },
    });
  });
});

describe.each([
  ['less', eur(99n)],
  ['more', eur(101n)],
  ['nothing', eur(0n)],
  ['a negative amount', eur(-100n)],
  ['another currency', money(100n, JPY)],
])('an approval of %s', (_, answered) => {
  it('is parked with what the gateway says it moved', () => {
    const { payment } = given(...processing, approve('a1', answered));
    expect(payment).toMatchObject({ status: 'processing', captured: 0n });
    expect(payment.attempts).toMatchObject([
      { status: 'parked', parked: { reason: 'amount_mismatch', answered }, gatewayReference: 'gateway-a1' },
    ]);
    expect(needsReview(payment)).toBe(true);
  });
});

describe('a late approval', () => {
  it('of what was taken as failed is parked, and the payment stays as it is', () => {
    const { payment } = given(...processing, decline('a1'), approve('a1'));
    expect(payment).toMatchObject({ status: 'failed', captured: 0n });
    expect(payment.attempts).toMatchObject([
      { status: 'parked', parked: { reason: 'late_approval', answered: eur(100n) } },
    ]);
  });

  it('of a refund reserves nothing: others may have taken what it had', () => {
    const { payment } = given(...processing, approve('a1'), refund(60n), decline('r1'), refund(60n), approve('r1'));
    expect(payment.refunds.map(({ status }) => status)).toEqual(['parked', 'pending']);
    expect(payment).toMatchObject({ status: 'completed', refunded: 0n });
  });

  it('is parked once: what a person has settled as undone does not come back when the answer is repeated', () => {
    const settled = given(...processing, decline('a1'), approve('a1'), settle('failed'));
    expect(settled.when(approve('a1')).outcome).toBe('nothing');
    expect(settled.when(approve('a1', undefined, 'another movement')).outcome).toBe('PaymentParked');
  });
});

describe('a definite answer after 72 hours', () => {
  it('still counts, as long as no person has decided', () => {
    expect(given(...parkedUnknown, approve('a1')).payment).toMatchObject({
      status: 'completed',
      captured: 100n,
      attempts: [{ status: 'succeeded', parked: null }],
    });
    expect(given(...parkedUnknown, decline('a1')).payment).toMatchObject({
      status: 'failed',
      attempts: [{ status: 'failed', parked: null }],
    });
    expect(given(...parkedUnknown, approve('a1', eur(99n))).payment.attempts).toMatchObject([
      { status: 'parked', parked: { reason: 'amount_mismatch', answered: eur(99n) } },
    ]);
  });

  it('counts for a refund, whose reservation was kept', () => {
    const parked = [...processing, approve('a1'), refund(40n), waiting(PARK_AFTER_MS, unknown('r1'))] as const;
    expect(given(...parked, approve('r1')).payment).toMatchObject({ status: 'partially_refunded', refunded: 40n });
    expect(given(...parked, decline('r1')).payment).toMatchObject({ status: 'completed', refunded: 0n });
  });

  it('is needed: not to be found is no reason to fail any more', () => {
    expect(given(...parkedUnknown).when(notFound('a1')).outcome).toBe('nothing');
    expect(given(...parkedUnknown).when(unknown('a1')).outcome).toBe('nothing');
  });

  it('comes too late once a person has decided', () => {
    const failed = given(...parkedUnknown, settle('failed'));
    expect(failed.when(approve('a1')).state).toMatchObject({
      status: 'failed',
      attempts: [{ parked: { reason: 'late_approval' } }],
    });
    expect(given(...parkedUnknown, settle('completed')).when(decline('a1')).outcome).toBe('answer_conflict');
  });
});

describe('an answer that contradicts money that moved', () => {
  const completed = given(...processing, approve('a1'));

  it('is refused, so that whoever brings it raises an alarm', () => {
    expect(completed.when(decline('a1')).outcome).toBe('answer_conflict');
    expect(completed.when(approve('a1', eur(99n))).outcome).toBe('answer_conflict');
    expect(given(...processing, approve('a1'), refund(40n), approve('r1')).when(approve('r1', eur(41n))).outcome).toBe(
      'answer_conflict',
    );
  });

  it('is none where it says what was settled', () => {
    const less = given(...processing, approve('a1', eur(99n)), settle('completed'));
    expect(less.when(approve('a1', eur(99n))).outcome).toBe('nothing');
    expect(less.when(approve('a1', eur(100n))).outcome).toBe('answer_conflict');
    expect(completed.when(notFound('a1')).outcome).toBe('nothing');
  });
});

it('knows no attempt or refund but its own', () => {
  expect(given(...processing).when(approve('a2')).decision).toMatchObject({
    rejection: { code: 'item_unknown', details: { item: 'a2' } },
  });
  expect(given(...processing).when(approve('r1')).outcome).toBe('item_unknown');
});
