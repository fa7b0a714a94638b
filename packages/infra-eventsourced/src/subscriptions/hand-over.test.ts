// Hand-over of a subscription: an owner that dies, and one that stood still and wakes up after it lost the lease.
import {
  createMemorySubscriptionStore,
  type StreamEvent,
  type Subscription,
  type SubscriptionSignal,
} from '@paystrata/application';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMovableClock, type MovableClock } from '../testing/movable-clock.ts';
import { createSubscriptionWorld, until, type SubscriptionWorld } from '../testing/subscription-world.ts';

const LEASE_MS = 10_000;

/** The clock of the store and of the process that goes on. */
let clock: MovableClock;
let world: SubscriptionWorld;
/** What the process that stands still did, which has a clock of its own. */
let stopped: { handled: number[]; signals: SubscriptionSignal[]; clock: MovableClock; goOn: () => void };
let owner: Subscription;

/** An owner that stands still in the middle of an event. */
async function ownerThatStops(at: number, batchSize: number): Promise<void> {
  const still = Promise.withResolvers<void>();
  stopped = { handled: [], signals: [], clock: createMovableClock(), goOn: () => still.resolve() };
  let inHand = 0;
  const each = async ({ position }: StreamEvent) => {
    inHand = position;
    if (position === at) await still.promise;
    stopped.handled.push(position);
  };
  const onSignal = (signal: SubscriptionSignal) => void stopped.signals.push(signal);
  owner = world.subscribe({ handler: { each }, onSignal, clock: stopped.clock, leaseMs: LEASE_MS, batchSize });
  await until('it stands still', () => inHand === at);
}

beforeEach(async () => {
  clock = createMovableClock();
  world = createSubscriptionWorld(createMemorySubscriptionStore(clock));
  await world.append('a', 'a', 'a', 'a', 'a');
});

afterEach(async () => {
  stopped.goOn();
  await world.stop();
});

it('waits until the lease of an owner that died has run out, and goes on from its checkpoint', async () => {
  await ownerThatStops(3, 1);
  const other = world.subscribe({ clock, leaseMs: LEASE_MS, pollMs: 100 });
  await until('it waits', () => other.status().state === 'waiting');
  clock.advance(LEASE_MS - 1);
  await until('it asked again', () => other.status().state === 'waiting');
  expect(world.handled).toEqual([]);
  clock.advance(100);
  await until('caught up', () => other.status().state === 'caughtUp');
  expect(world.handled).toEqual([3, 4, 5]);
  expect(world.signals[0]).toEqual({ type: 'leaseAcquired', fencingToken: 2, checkpoint: 2 });
});

it('does not let an owner that wakes up after it lost the lease move the checkpoint', async () => {
  await ownerThatStops(3, 1);
  const other = world.subscribe({ clock, leaseMs: LEASE_MS, pollMs: 100 });
  await until('it waits', () => other.status().state === 'waiting');
  clock.advance(LEASE_MS);
  await until('caught up', () => other.status().state === 'caughtUp');
  stopped.goOn();
  await until('it notices', () => stopped.signals.some(({ type }) => type === 'leaseLost'));
  await until('it waits in turn', () => owner.status().state === 'waiting');
  expect(stopped.handled).toEqual([1, 2, 3]);
  expect(await world.store.checkpoint('totals')).toBe(5);
  await world.append('a');
  clock.advance(100);
  await until('the other one goes on', () => world.handled.includes(6));
  expect(world.handled).toEqual([3, 4, 5, 6]);
});

it('does not let it touch another event either, once its own clock says that it stood still', async () => {
  await ownerThatStops(2, 100);
  const other = world.subscribe({ clock, leaseMs: LEASE_MS, pollMs: 100 });
  await until('it waits', () => other.status().state === 'waiting');
  clock.advance(LEASE_MS);
  await until('caught up', () => other.status().state === 'caughtUp');
  stopped.clock.advance(LEASE_MS);
  stopped.goOn();
  await until('it waits in turn', () => owner.status().state === 'waiting');
  expect(stopped.handled).toEqual([1, 2]);
  expect(world.handled).toEqual([1, 2, 3, 4, 5]);
});

it('keeps the lease alive while an event takes longer than the lease', async () => {
  await ownerThatStops(1, 1);
  const other = world.subscribe({ clock, leaseMs: LEASE_MS, pollMs: 100 });
  await until('it waits', () => other.status().state === 'waiting');
  for (let third = 0; third < 12; third++) {
    for (const each of [stopped.clock, clock]) {
      each.advance(LEASE_MS / 3);
      for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    }
  }
  expect(other.status().state).toBe('waiting');
  expect(stopped.signals.map(({ type }) => type)).toEqual(['leaseAcquired']);
  stopped.goOn();
  await until('it goes on', () => stopped.handled.length > 0);
  expect(world.handled).toEqual([]);
});
