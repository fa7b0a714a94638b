// What every store of subscriptions must do.

import assert from 'node:assert/strict';
import type { Lease, SubscriptionStore } from '@paystrata/application';
import { known } from './event-store-world.ts';

interface SubscriptionStoreWorld {
  /** A store on the same place, as another process would have it. */
  open(): Promise<SubscriptionStore>;
  /** How long a lease is that a case lets run out. */
  readonly shortMs: number;
  /** Asks again until the answer is not null: time goes on meanwhile. */
  eventually<T>(ask: () => Promise<T | null>): Promise<T>;
}

export interface SubscriptionStoreCase {
  readonly name: string;
  readonly run: (world: SubscriptionStoreWorld) => Promise<void>;
}

const LONG_MS = 3_600_000;
const letter = (position: number, stream = 's', attempts = 1) => ({
  position,
  stream,
  error: `it's "${position}"`,
  attempts,
});

async function acquired(store: SubscriptionStore, owner: string, ttlMs = LONG_MS): Promise<Lease> {
  return known(await store.acquire('totals', owner, ttlMs));
}

export const subscriptionStoreCases: readonly SubscriptionStoreCase[] = [
  {
    name: 'gives a subscription to one owner, who gets it again, under the same token',
    async run({ open }) {
      const [store, other] = [await open(), await open()];
      const lease = await acquired(store, 'a');
      assert.deepEqual(lease, { subscription: 'totals', owner: 'a', fencingToken: lease.fencingToken, checkpoint: 0 });
      assert.equal(await other.acquire('totals', 'b', LONG_MS), null);
      assert.equal(await store.advance(lease, 7), true);
      assert.deepEqual(await acquired(store, 'a'), { ...lease, checkpoint: 7 });
      assert.ok((await other.acquire('others', 'b', LONG_MS)) !== null);
      assert.equal(await other.checkpoint('totals'), 7);
      assert.equal(await other.checkpoint('nobody'), 0);
    },
  },
  {
    name: 'has one winner among many who ask at once',
    async run({ open }) {
      const stores = await Promise.all([open(), open(), open()]);
      const leases = await Promise.all(
        Array.from({ length: 30 }, (_, index) => known(stores[index % 3]).acquire('totals', `owner ${index}`, LONG_MS)),
      );
      assert.equal(leases.filter((lease) => lease !== null).length, 1);
    },
  },
  {
    name: 'hands over at once when it is released, by its owner only',
    async run({ open }) {
      const [store, other] = [await open(), await open()];
      const lease = await acquired(store, 'a');
      await other.release({ ...lease, owner: 'b' });
      assert.equal(await other.acquire('totals', 'b', LONG_MS), null);
      await store.release(lease);
      const next = await acquired(other, 'b');
      assert.ok(next.fencingToken > lease.fencingToken);
      assert.equal(await store.renew(lease, LONG_MS), false);
    },
  },
  {
    name: 'hands over a lease that has run out, and stores nothing of its old owner',
    async run({ open, shortMs, eventually }) {
      const [store, other] = [await open(), await open()];
      const lease = await acquired(store, 'a', shortMs);
      await store.advance(lease, 3);
      const next = await eventually(() => other.acquire('totals', 'b', LONG_MS));
      assert.equal(next.checkpoint, 3);
      assert.ok(next.fencingToken > lease.fencingToken);
      assert.equal(await store.renew(lease, LONG_MS), false);
      assert.equal(await store.advance(lease, 9, [letter(4)]), false);
      await store.release(lease);
      assert.equal(await store.acquire('totals', 'a', LONG_MS), null);
      assert.equal(await other.checkpoint('totals'), 3);
      assert.deepEqual(await other.deadLetters('totals', 0, 10), []);
      assert.equal(await other.advance(next, 4), true);
    },
  },
  {
    name: 'keeps a lease that is renewed, and one that has run out while nobody asked',
    async run({ open, shortMs, eventually }) {
      const [store, other] = [await open(), await open()];
      const lease = await acquired(store, 'a', shortMs);
      const witness = await other.acquire('witness', 'w', shortMs);
      assert.ok(witness !== null);
      await eventually(() => store.acquire('witness', 'x', LONG_MS));
      assert.equal(await store.advance(lease, 1), true);
      assert.equal(await store.renew(lease, LONG_MS), true);
      assert.equal(await other.acquire('totals', 'b', LONG_MS), null);
    },
  },
  {
    name: 'keeps dead letters with the checkpoint, in order, and finds the first of a stream',
    async run({ open }) {
      const [store, other] = [await open(), await open()];
      const lease = await acquired(store, 'a');
      await store.advance(lease, 9, [letter(8, 'x'), letter(3, 'y'), letter(5, 'x', 0)]);
      const letters = await other.deadLetters('totals', 0, 10);
      assert.deepEqual(
        letters.map(({ at: _, ...rest }) => rest),
        [letter(3, 'y'), letter(5, 'x', 0), letter(8, 'x')].map((each) => ({ ...each, subscription: 'totals' })),
      );
      for (const { at } of letters) assert.ok(Number.isSafeInteger(at) && at > Date.UTC(2026, 0));
      assert.deepEqual(
        (await other.deadLetters('totals', 3, 1)).map(({ position }) => position),
        [5],
      );
      assert.equal(await other.firstDeadLetter('totals', 'x'), 5);
      await other.removeDeadLetter('totals', 5);
      assert.equal(await store.firstDeadLetter('totals', 'x'), 8);
      assert.equal(await store.firstDeadLetter('totals', 'z'), null);
      assert.equal(await store.firstDeadLetter('others', 'x'), null);
      assert.equal(await store.advance(lease, 9, [letter(8, 'x', 4)]), true);
      assert.deepEqual(
        (await store.deadLetters('totals', 0, 10)).map(({ attempts }) => attempts),
        [1, 4],
      );
    },
  },
  {
    name: 'keeps any text of an error',
    async run({ open }) {
      const store = await open();
      const error = `$a$ ' \\ " ; -- \u0000 \n \u{1f4b6} ${'x'.repeat(10_000)}`;
      await store.advance(await acquired(store, 'a'), 1, [{ ...letter(1), error }]);
      const kept = known((await store.deadLetters('totals', 0, 1))[0]);
      assert.ok(kept.error.startsWith(`$a$ ' \\ " ; -- `));
      assert.ok(kept.error.includes('\u{1f4b6} xxx'));
    },
  },
  {
    name: 'sets a checkpoint while nobody works, and takes the token of who slept',
    async run({ open, shortMs, eventually }) {
      const store = await open();
      const lease = await acquired(store, 'a', shortMs);
      await store.advance(lease, 5);
      await eventually(async () => ((await store.reset('totals', 2)) ? true : null));
      assert.equal(await store.checkpoint('totals'), 2);
      assert.equal(await store.advance(lease, 6), false);
      const next = await acquired(store, 'a');
      assert.equal(next.checkpoint, 2);
      assert.equal(await store.reset('totals', 0), false);
      assert.equal(await store.reset('fresh', 4), true);
      assert.equal(await store.checkpoint('fresh'), 4);
    },
  },
];
