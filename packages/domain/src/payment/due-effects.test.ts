// What is due at the gateway, and when an open outcome is looked up.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../testing/given.ts';
import {
  approve,
  create,
  decline,
  eur,
  importSettled,
  process,
  refund,
  settle,
  start,
  terms,
  unknown,
  waiting,
  type Step,
} from '../testing/steps.ts';
import { instantOf, type Instant } from '../ids/instant.ts';
import { dueEffects, nextLookupAt, NOT_FOUND_IS_FINAL_AFTER_MS, PARK_AFTER_MS } from './due-effects.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

describe('due at the gateway', () => {
  const keysOf = (...steps: readonly Step[]) => dueEffects(given(...steps).state).map((each) => each.gatewayKey);
  const captured = [create(), process(), approve('a1')] as const;

  it('is nothing where nothing is open', () => {
    expect(dueEffects(null)).toEqual([]);
    expect(keysOf(create())).toEqual([]);
    expect(keysOf(...captured)).toEqual([]);
    expect(keysOf(create(), process(), decline('a1'))).toEqual([]);
    expect(keysOf(importSettled())).toEqual([]);
  });

  it('is a refund, with the key of the charge that captured', () => {
    const { state, payment } = given(create(), process(), decline('a1'), process(), approve('a2'), refund(40n));
    expect(dueEffects(state)).toEqual([
      {
        kind: 'refund',
        organizationId: terms.organizationId,
        paymentId: terms.paymentId,
        item: { kind: 'refund', id: 'r1' },
        gatewayKey: `${terms.paymentId}:r1`,
        amount: eur(40n),
        method: null,
        chargeKey: `${terms.paymentId}:a2`,
        requestedAt: payment.updatedAt,
      },
    ]);
  });

  it('is a refund with no charge to name, where the payment was captured outside', () => {
    expect(dueEffects(given(importSettled(), refund()).state)).toMatchObject([{ kind: 'refund', chargeKey: null }]);
  });

  it('is every open refund, in the order they were asked for', () => {
    expect(keysOf(...captured, refund(1n), refund(2n), refund(3n), approve('r2'))).toEqual([
      `${terms.paymentId}:r1`,
      `${terms.paymentId}:r3`,
    ]);
  });

  it('is nothing while a person has to decide, nor after', () => {
    const parked = [create(), process(), waiting(PARK_AFTER_MS, unknown('a1'))] as const;
    expect(keysOf(...parked)).toEqual([]);
    expect(keysOf(...parked, settle('completed'))).toEqual([]);
    expect(keysOf(...parked, settle('failed'))).toEqual([]);
    expect(keysOf(...captured, refund(40n), approve('r1', eur(41n)))).toEqual([]);
  });

  it('is named by the settled charge, when a person found that it captured', () => {
    const settled = [create(), process(), waiting(PARK_AFTER_MS, unknown('a1')), settle('completed')] as const;
    expect(dueEffects(given(...settled, refund()).state)).toMatchObject([{ chargeKey: `${terms.paymentId}:a1` }]);
  });
});

/** All look-ups up to an age, one after the other. */
function lookUps(requestedAt: Instant, age: number): readonly number[] {
  const ages: number[] = [];
  for (let at = nextLookupAt(requestedAt, requestedAt); at - requestedAt <= age; at = nextLookupAt(requestedAt, at)) {
    ages.push(at - requestedAt);
  }
  return ages;
}

describe('looking up an open outcome', () => {
  it('is final after a quarter of an hour where it is not found, and ends after 72 hours', () => {
    expect([NOT_FOUND_IS_FINAL_AFTER_MS, PARK_AFTER_MS]).toEqual([900_000, 259_200_000]);
  });

  it('begins after a second, doubles the gaps to an hour, and then is hourly', () => {
    const ages = lookUps(start, 5 * HOUR).map((age) => age / SECOND);
    expect(ages).toEqual([1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 7695, 11_295, 14_895]);
  });

  it('happens 82 times in the 72 hours, and once more to park', () => {
    expect(lookUps(start, PARK_AFTER_MS)).toHaveLength(82);
    expect(lookUps(start, PARK_AFTER_MS + HOUR)).toHaveLength(83);
  });

  it('is always after now, never more than an hour, and the same whenever it is asked', () => {
    const age = fc.oneof(fc.integer({ min: -HOUR, max: 100 * HOUR }), fc.constantFrom(...lookUps(start, 80 * HOUR)));
    const schedule = lookUps(start, 105 * HOUR);
    fc.assert(
      fc.property(age, (now) => {
        const next = nextLookupAt(start, instantOf(start + now));
        expect(next).toBeGreaterThan(start + now);
        expect(next - start).toBe(schedule.find((each) => each > now));
      }),
      { numRuns: 500 },
    );
  });

  it('is at once after the request, where the clock went back', () => {
    expect(nextLookupAt(start, instantOf(start - HOUR))).toBe(start + SECOND);
  });
});
