// Folding: what cannot be the history of one payment is a damaged log.

import { describe, expect, it } from 'vitest';
import { given } from '../testing/given.ts';
import { approve, cancel, create, erase, importSettled, process, start, terms, update } from '../testing/steps.ts';
import { evolve, evolveAll } from './evolve.ts';
import { initialState } from './state.ts';

const events = given(create(), process(), approve('a1')).events;

it('folds what is iterable, also from the middle', () => {
  const whole = evolveAll(initialState, events);
  const middle = evolveAll(initialState, events.slice(0, 1));
  expect(evolveAll(middle, events.values().drop(1))).toEqual(whole);
  expect(evolveAll(initialState, [])).toBeNull();
});

it('keeps the times of what happened apart', () => {
  const [created, started, processed] = events.map(({ at }) => at);
  expect(evolveAll(initialState, events)).toMatchObject({
    createdAt: created,
    updatedAt: processed,
    processedAt: processed,
    attempts: [{ requestedAt: started, resolvedAt: processed }],
  });
});

describe('a damaged log', () => {
  it.each([
    ['a second creation', given(create()).events],
    ['a later import', given(importSettled()).events],
  ])('has %s', (_, again) => {
    expect(() => evolveAll(initialState, [...events, ...again])).toThrow(terms.paymentId);
  });

  it('begins in the middle', () => {
    for (const event of given(create(), cancel()).events.slice(1)) {
      expect(() => evolve(initialState, event)).toThrow('PaymentCancelled');
    }
  });
});

it('refuses an event that a later version made, and names it without its data', () => {
  const later = { type: 'PaymentVanished', at: start, data: { secret: 'x' } } as never;
  expect(() => evolveAll(initialState, [...events, later])).toThrow(/^unexpected type: PaymentVanished$/);
});

describe('a log whose personal data is gone', () => {
  it('folds to a payment without them', () => {
    const erased = given(create(), update({ description: 'February' }), erase()).events.map((event) =>
      event.type === 'PaymentCreated' ? { ...event, data: { ...event.data, personal: null } } : event,
    );
    expect(evolveAll(initialState, erased.slice(0, 1))).toMatchObject({
      personal: { customer: null, description: null, metadata: {} },
    });
    expect(evolveAll(initialState, erased)).toMatchObject({ personalErased: true, personal: { description: null } });
  });
});
