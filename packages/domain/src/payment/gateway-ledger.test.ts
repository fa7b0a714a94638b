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

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(process()) },
  { weight: 8, arbitrary: fc.bigInt(1n, 60n).map((part) => refund(part)) },
  { weight: 2, arbitrary: fc.constant(refund()) },
  { weight: 2, arbitrary: fc.constant(update({}, 90n)) },
  { weight: 1, arbitrary: fc.constantFrom<Step>(cancel(), remove()) },
);
const asks = (step: fc.Arbitrary<Step>, fate: readonly Fate[], pause: readonly number[]): fc.Arbitrary<Ask[]> =>
  fc.array(
    fc.record({ step, fate: fc.constantFrom(...fate), pause: fc.constantFrom(...pause), review: fc.boolean() }),
    { maxLength: 14, size: 'max' },
  );

/** All that can happen, and what happens most when attempts get in each other's way. */
const stories = fc.oneof(
  asks(steps, fates, [0, 500, HOUR / 3, HOUR, 30 * HOUR, 80 * HOUR]),
  asks(
    fc.constant(process()),
    ['arrives after it was given up', 'moved, but shown after two hours', 'declined, answer lost'],
    [0, HOUR / 3, HOUR / 3],
  ),
);

it('agrees with the ledger of the gateway, whatever was lost, late or wrong on the way', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const world = new World();
      world.ask(create(), 'approved');
      for (const { step, fate, pause, review } of story) {
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
    { numRuns: 2000 },
  );
});
