// Starting an attempt: what is stored before the gateway is called.

import { expect, it } from 'vitest';
import { given } from '../../testing/given.ts';
import { create, decline, eur, process, start, terms, update, type Step } from '../../testing/steps.ts';
import { dueEffects } from '../due-effects.ts';
import { MAX_ATTEMPTS } from '../limits.ts';

it('stores the attempt with its key, and then it is due at the gateway', () => {
  const { events, state } = given(create(), process(null, 'card-7'));
  const at = start + 1000;
  const gatewayKey = `${terms.paymentId}:a1`;
  expect(events.at(-1)).toEqual({
    type: 'PaymentProcessingStarted',
    at,
    data: { attemptId: 'a1', gatewayKey, method: 'card-7', amount: eur(100n) },
  });
  expect(dueEffects(state)).toEqual([
    {
      kind: 'charge',
      organizationId: terms.organizationId,
      paymentId: terms.paymentId,
      item: { kind: 'attempt', id: 'a1' },
      gatewayKey,
      amount: eur(100n),
      method: 'card-7',
      chargeKey: null,
      requestedAt: at,
    },
  ]);
});

it('forgets the failure of the attempt before', () => {
  expect(given(create(), process(), decline('a1'), process()).payment).toMatchObject({
    status: 'processing',
    failure: null,
    attempts: [
      { id: 'a1', status: 'failed' },
      { id: 'a2', status: 'pending' },
    ],
  });
});

it('takes what is stated of the amount only where it is true', () => {
  const changed = given(create(), update({}, 90n));
  expect(changed.when(process(90n)).outcome).toBe('PaymentProcessingStarted');
  expect(changed.when(process(100n)).decision).toMatchObject({
    rejection: { code: 'amount_mismatch', param: 'amount', details: { amount: '90' } },
  });
});

it('ends after the last attempt', () => {
  const tries = Array.from({ length: MAX_ATTEMPTS }, (): Step[] => [process(), decline('attempt')]).flat();
  const tired = given(create(), ...tries);
  expect(tired.payment.attempts.map(({ id }) => id).at(-1)).toBe(`a${MAX_ATTEMPTS}`);
  expect(tired.when(process()).outcome).toBe('attempts_exhausted');
});

it('bounds the method, which is stored for ever', () => {
  expect(given(create()).when(process(null, 'x'.repeat(255))).outcome).toBe('PaymentProcessingStarted');
  expect(given(create()).when(process(null, 'x'.repeat(256))).decision).toMatchObject({
    rejection: { code: 'field_too_long', param: 'method' },
  });
});
