// What went wrong with money elsewhere, and does not here. Each is named by where it was reported.

import { describe, expect, it } from 'vitest';
import { given, when } from '../testing/given.ts';
import { stateNames, stateOf } from '../testing/named-states.ts';
import {
  approve,
  create,
  decline,
  eur,
  JPY,
  notFound,
  process,
  refund,
  terms,
  unknown,
  waiting,
} from '../testing/steps.ts';
import { money } from '../money/money.ts';
import { decide } from './decide.ts';
import { dueEffects, PARK_AFTER_MS } from './due-effects.ts';

const captured = [create(), process(), approve('a1')] as const;

describe('refunds that together exceed the capture (hyperswitch#13182, medusa#16012, killbill#334)', () => {
  it('are refused while the first is still on its way', () => {
    expect(given(...captured, refund(60n)).when(refund(60n)).outcome).toBe('refund_exceeds_captured');
    expect(given(...captured, refund(100n)).when(refund(1n)).outcome).toBe('nothing_to_refund');
  });

  it('are refused to the one that lost the race and decides again on what the winner left', () => {
    const { payment, when } = given(...captured);
    const first = when(refund(60n));
    const second = when(refund(60n));
    expect([first.outcome, second.outcome]).toEqual(['RefundRequested', 'RefundRequested']);
    expect(decide(second.command, first.state)).toMatchObject({ rejection: { code: 'refund_exceeds_captured' } });
    expect(payment.version).toBe(3);
  });

  it('are refused in ever so small parts', () => {
    const steps = Array.from({ length: 10 }, () => [refund(10n), approve('refund')]).flat();
    const all = given(...captured, ...steps);
    expect(all.payment).toMatchObject({ status: 'refunded', refunded: 100n });
    expect(all.when(refund(1n)).outcome).toBe('illegal_state');
  });

  it('are refused when one came late that was taken as failed', () => {
    const late = given(...captured, refund(60n), decline('r1'), refund(100n), approve('r2'), approve('r1'));
    expect(late.payment).toMatchObject({ status: 'refunded', refunded: 100n, refunds: [{ status: 'parked' }, {}] });
  });
});

describe('a negative refund (hyperswitch PR 11491)', () => {
  it.each([-1n, -100n, -(2n ** 64n)])('of %d is refused in every state', (amount) => {
    for (const name of stateNames) {
      expect(when(stateOf(name), refund(amount)).outcome).toMatch(/amount_not_positive|not_found|deleted/);
    }
  });

  it('answered by the gateway gives nothing back and takes nothing', () => {
    const { payment } = given(...captured, refund(40n), approve('r1', eur(-40n)));
    expect(payment).toMatchObject({
      status: 'completed',
      captured: 100n,
      refunded: 0n,
      refunds: [{ status: 'parked' }],
    });
  });
});

describe('a retry that mints a new gateway key (medusa#16292)', () => {
  it('is no retry: whoever resumes finds the key that was stored', () => {
    const [effect] = dueEffects(given(create(), process()).state);
    const [again] = dueEffects(given(create(), process()).state);
    expect(again).toEqual(effect);
    expect(effect?.gatewayKey).toBe(`${terms.paymentId}:a1`);
  });

  it('does not happen while the outcome is open: there is no second attempt', () => {
    const open = given(create(), process());
    expect(open.when(process()).outcome).toBe('illegal_state');
    expect(open.when(waiting(PARK_AFTER_MS - 2000, unknown('a1'))).events).toEqual([]);
    expect(dueEffects(open.when(waiting(PARK_AFTER_MS, unknown('a1'))).state)).toEqual([]);
  });
});

describe('money moved by an automatic "compensation" (medusa#12674)', () => {
  it('never is: only a refund that a person asked for is due', () => {
    for (const name of stateNames) {
      const state = stateOf(name);
      const asked = state?.refunds.filter(({ status }) => status === 'pending').map(({ id }) => id) ?? [];
      const due = dueEffects(state).filter(({ kind }) => kind === 'refund');
      expect(due.map(({ item }) => item.id)).toEqual(asked);
    }
  });

  it('is not the answer to a second capture: a person is', () => {
    const { state } = given(create(), process(), decline('a1'), process(), approve('a2'), approve('a1'));
    expect(dueEffects(state)).toEqual([]);
    expect(state).toMatchObject({ status: 'completed', captured: 100n, attempts: [{ status: 'parked' }, {}] });
  });
});

describe('a time-out called failed (pay-connector PR 5912)', () => {
  it.each([0, 1000, 60_000, PARK_AFTER_MS, 10 * PARK_AFTER_MS])('is not, %d ms after the call', (age) => {
    const charged = given(create(), process()).when(waiting(age, unknown('a1'))).state;
    expect(charged).toMatchObject({ status: 'processing', failure: null });
    const returned = given(...captured, refund(40n)).when(waiting(age, unknown('r1'))).state;
    expect(returned?.refunds).not.toMatchObject([{ status: 'failed' }]);
  });

  it('nor is a look-up that came before the call had to have arrived', () => {
    expect(given(create(), process()).when(notFound('a1')).events).toEqual([]);
  });
});

describe('amount 0 read as "all" (old Medusa)', () => {
  it('is refused for a refund', () => {
    expect(given(...captured).when(refund(0n)).outcome).toBe('amount_not_positive');
    expect(given(...captured).when(refund(eur(0n))).outcome).toBe('amount_not_positive');
  });

  it('is refused for a charge', () => {
    expect(given(create()).when(process(0n)).outcome).toBe('amount_mismatch');
    expect(given().when(create({ amount: eur(0n) })).outcome).toBe('amount_not_positive');
    expect(given().when(create({ amount: money(0n, JPY) })).outcome).toBe('amount_not_positive');
  });
});
