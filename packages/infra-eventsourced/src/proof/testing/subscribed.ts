// A reader by subscription: two processes' worth of it, of which the one that works is stopped again and again, so that
// the other goes on from the checkpoint.

import assert from 'node:assert/strict';
import {
  createSubscription,
  type RecordedEvent,
  silentLogger,
  type Subscription,
  systemClock,
} from '@paystrata/application';
import { openPostgresCompanions, openSqliteCompanions } from '@paystrata/infra-sql';
import { openPlace, type OpenPlace, type Place } from './place.ts';

const HAND_OVER_AFTER = 300;

/** Every event comes at least once, for the first time in order and without a gap. */
export async function followBySubscription(place: Place) {
  const opened = await openPlace(place);
  const companions = await openCompanions(place);
  let seen = 0;
  let problem: unknown = null;
  const wakers = new Set<() => void>();
  const take = ({ position }: RecordedEvent) => {
    // What comes again was handled after the last checkpoint.
    if (position <= seen) return;
    if (position !== seen + 1) problem ??= new Error(`the subscription went from ${seen} to ${position}`);
    seen = position;
    for (const wake of wakers) wake();
    wakers.clear();
  };
  const start = () => startOwner(opened, companions.subscriptions, take);
  let owners: readonly [Subscription, Subscription] = [start(), start()];
  let handOvers = 0;
  let ending = false;
  const handingOver = (async () => {
    for (let next = HAND_OVER_AFTER; !ending;) {
      await new Promise<void>((resolve) => wakers.add(resolve));
      if (seen < next) continue;
      next = seen + HAND_OVER_AFTER;
      const [one, other] = owners;
      await one.stop();
      owners = [other, start()];
      handOvers++;
    }
  })();
  return {
    /** Resolves when so many events were handled, with the number of times that an owner handed over. */
    until: async (count: number): Promise<number> => {
      while (seen < count && problem === null) await new Promise<void>((resolve) => wakers.add(resolve));
      ending = true;
      for (const wake of wakers) wake();
      await handingOver;
      for (const owner of owners) await owner.stop();
      await companions.stop();
      await opened.stop();
      assert.equal(problem, null);
      assert.equal(seen, count);
      return handOvers;
    },
  };
}

function openCompanions({ store }: Place) {
  return store.kind === 'sqlite'
    ? openSqliteCompanions(store.path)
    : openPostgresCompanions({ url: store.url, poolSize: 2, timeoutMs: 15_000 });
}

function startOwner(
  opened: OpenPlace,
  store: Awaited<ReturnType<typeof openCompanions>>['subscriptions'],
  each: (event: RecordedEvent) => void,
): Subscription {
  const subscription = createSubscription<RecordedEvent>({
    name: 'feed-proof',
    source: opened.strategy.log,
    store,
    handler: { each },
    clock: systemClock,
    logger: silentLogger,
    pollMs: 10,
  });
  subscription.start();
  return subscription;
}
