// Money is conserved: once every outcome is known, the payment says what the gateway's own ledger says.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cancel, create, process, refund, remove, update, type Step } from '../testing/steps.ts';
import { fates, World, type Fate } from '../testing/world.ts';
import { dueEffects, PARK_AFTER_MS } from './due-effects.ts';
import { needsReview } from './state.ts';

const HOUR = 3_600_000;

interface Ask {
  readonly step: Step;
  readonly fate: Fate;
  readonly pause: number;
  readonly review: boolean;
}

const ask: fc.Arbitrary<Ask> = fc.record({
  step: fc.oneof(
    { weight: 8, arbitrary: fc.constant(process()) },
    { weight: 8, arbitrary: fc.bigInt(1n, 60n).map((part) => refund(part)) },
    { weight: 2, arbitrary: fc.constant(refund()) },
    { weight: 2, arbitrary: fc.constant(update({}, 90n)) },
    { weight: 1, arbitrary: fc.constantFrom<Step>(cancel(), remove()) },
  ),
  fate: fc.constantFrom(...fates),
  pause: fc.constantFrom(0, 500, 60_000, HOUR / 3, HOUR, 30 * HOUR, 80 * HOUR),
  review: fc.boolean(),
});

it('agrees with the ledger of the gateway, whatever was lost, late or wrong on the way', () => {
  fc.assert(
    fc.property(fc.array(ask, { maxLength: 14, size: 'max' }), (asks) => {
      const world = new World();
      world.ask(create(), 'approved');
      for (const { step, fate, pause, review } of asks) {
        world.ask(step, fate);
        world.pass(pause);
        if (review) world.review();
      }
      world.pass(PARK_AFTER_MS + 2 * HOUR);
      world.review();
      world.review();
      expect(dueEffects(world.state)).toEqual([]);
      expect(world.state === null || needsReview(world.state)).toBe(false);
      expect((world.state?.captured ?? 0n) - (world.state?.refunded ?? 0n)).toBe(world.balance);
    }),
    { numRuns: 600 },
  );
});
