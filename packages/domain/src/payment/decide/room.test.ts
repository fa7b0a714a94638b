// A payment is bounded, and there is always room for what must not be refused.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given, when } from '../../testing/given.ts';
import { live, moves } from '../../testing/moves.ts';
import {
  approve,
  cancel,
  create,
  decline,
  erase,
  process,
  refund,
  remove,
  settle,
  update,
  type Step,
} from '../../testing/steps.ts';
import { MAX_EVENT_CHARACTERS, MAX_EVENTS } from '../limits.ts';
import type { Payment, PaymentState } from '../state.ts';

/** A payment of so many events, most of them changes of its metadata. */
function withEvents(version: number, ...begin: readonly Step[]): Payment {
  const history = begin.length === 0 ? [create()] : begin;
  const updates = Array.from({ length: version - history.length }, (_, index) =>
    update({ metadata: { a: `${index}` } }),
  );
  return given(...history, ...updates).payment;
}

function follow(state: PaymentState, ...steps: readonly Step[]): readonly string[] {
  let current = state;
  return steps.map((step) => {
    const { outcome, state: next } = when(current, step);
    current = next;
    return outcome;
  });
}

describe('the number of events', () => {
  it('ends a life of changes where only its end has room', () => {
    const full = withEvents(MAX_EVENTS - 3);
    expect(follow(full, update({ metadata: { a: 'b' } }), process())).toEqual(['payment_full', 'payment_full']);
    expect(follow(full, cancel(), remove(), erase())).toEqual([
      'PaymentCancelled',
      'PaymentDeleted',
      'PersonalDataErased',
    ]);
    expect(when(full, process()).decision).toMatchObject({ rejection: { details: { most: MAX_EVENTS } } });
    expect(when(withEvents(MAX_EVENTS - 4), update({}, 5n)).outcome).toBe('PaymentUpdated');
  });

  it('keeps room for all that may follow an attempt', () => {
    const steps = [process(), decline('a1'), approve('a1'), settle('failed'), cancel(), remove(), erase()];
    const outcomes = follow(withEvents(MAX_EVENTS - 7), ...steps);
    expect(outcomes.at(0)).toBe('PaymentProcessingStarted');
    expect(outcomes.at(-1)).toBe('PersonalDataErased');
    expect(when(withEvents(MAX_EVENTS - 6), process()).outcome).toBe('payment_full');
  });

  it('keeps room for all that may follow each open refund', () => {
    const captured = [create(), process(), approve('a1'), refund(1n), refund(1n)] as const;
    expect(when(withEvents(MAX_EVENTS - 13, ...captured), refund(1n)).outcome).toBe('RefundRequested');
    expect(when(withEvents(MAX_EVENTS - 12, ...captured), refund(1n)).outcome).toBe('payment_full');
    expect(when(withEvents(MAX_EVENTS - 12, ...captured), update({ metadata: {} })).outcome).toBe('PaymentUpdated');
  });
});

describe('the size of the events', () => {
  const long = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`key-${index}`, 'x'.repeat(500)]));
  const longest = update({ metadata: long });
  const one = given(create(), longest).payment.size - given(create()).payment.size;
  const most = Math.floor((MAX_EVENT_CHARACTERS - given(create()).payment.size) / one);
  const grown = given(create(), ...Array.from({ length: most }, () => longest)).payment;

  it('is not exceeded by one change more', () => {
    expect(most).toBeGreaterThan(15);
    expect(grown.size).toBeLessThanOrEqual(MAX_EVENT_CHARACTERS);
    expect(when(grown, longest).decision).toMatchObject({
      rejection: { code: 'payment_full', details: { most: MAX_EVENT_CHARACTERS } },
    });
  });

  it('is used to the last character', () => {
    const payment = given(create()).payment;
    expect(when({ ...payment, size: MAX_EVENT_CHARACTERS - one }, longest).outcome).toBe('PaymentUpdated');
    expect(when({ ...payment, size: MAX_EVENT_CHARACTERS - one + 1 }, longest).outcome).toBe('payment_full');
  });

  it('leaves what is small possible, and the end always', () => {
    expect(follow(grown, process(), approve('a1'), erase())).not.toContain('payment_full');
    expect(follow(grown, cancel('x'.repeat(500)), remove('x'.repeat(500)))).not.toContain('payment_full');
  });
});

const almostFull = [
  withEvents(960),
  withEvents(985),
  withEvents(960, create(), process(), approve('a1')),
  withEvents(985, create(), process(), approve('a1'), refund(1n)),
  withEvents(990, create(), process()),
];

it('is never exceeded but by late approvals, which nobody could foresee', () => {
  fc.assert(
    fc.property(fc.constantFrom(...almostFull), moves, (from, asked) => {
      let unforeseen = 0;
      for (const { command, decision, events, after } of live(asked, from)) {
        const late = events.filter(({ type, data }) => type === 'PaymentParked' && data.reason === 'late_approval');
        unforeseen += 2 * late.length;
        expect(after?.version).toBeLessThanOrEqual(MAX_EVENTS + unforeseen);
        if (['UpdatePayment', 'ProcessPayment', 'RefundPayment'].includes(command.type)) {
          if (events.length > 0) expect(after?.version).toBeLessThanOrEqual(MAX_EVENTS - 3);
        } else {
          expect(decision).not.toMatchObject({ rejection: { code: 'payment_full' } });
        }
      }
    }),
    { numRuns: 100 },
  );
});
