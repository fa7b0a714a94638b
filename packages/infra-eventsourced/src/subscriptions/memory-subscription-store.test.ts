// The cases of every store of subscriptions, in memory.
import { createMemorySubscriptionStore } from '@paystrata/application';
import { describe, it } from 'vitest';
import { createMovableClock } from '../testing/movable-clock.ts';
import { subscriptionStoreCases } from '../testing/subscription-store-cases.ts';

describe.each(subscriptionStoreCases)('in memory', ({ name, run }) => {
  it(name, async () => {
    const clock = createMovableClock();
    const store = createMemorySubscriptionStore(clock);
    await run({
      open: async () => store,
      shortMs: 1000,
      eventually: async (ask) => {
        for (;;) {
          const answer = await ask();
          if (answer !== null) return answer;
          clock.advance(500);
        }
      },
    });
  });
});
