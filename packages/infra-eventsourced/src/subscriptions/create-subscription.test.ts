// Subscriptions: order, checkpoints, hand-over, retries and dead letters, with faults put in.
import { createSubscription, silentLogger, type StreamEvent, systemClock } from '@paystrata/application';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSubscriptionWorld, until, type SubscriptionWorld } from '../testing/subscription-world.ts';

let world: SubscriptionWorld;
beforeEach(() => {
  world = createSubscriptionWorld();
});
afterEach(() => world.stop());

const kinds = () => world.signals.map(({ type }) => type);
const handledAll = (count: number) => until(`${count} handled`, () => world.handled.length >= count);

describe('a subscription', () => {
  it('handles every event in order, says when it has caught up and when it fell behind', async () => {
    await world.append('a', 'b', 'a');
    const subscription = world.subscribe({ batchSize: 2 });
    await until('caught up', () => subscription.status().state === 'caughtUp');
    expect(world.handled).toEqual([1, 2, 3]);
    expect(kinds()).toEqual(['leaseAcquired', 'caughtUp']);
    await world.append('a');
    await handledAll(4);
    expect(kinds()).not.toContain('fellBehind');
    await world.append('a', 'b', 'c', 'd', 'e');
    await until('caught up again', () => kinds().filter((kind) => kind === 'caughtUp').length === 2);
    expect(kinds()).toEqual(['leaseAcquired', 'caughtUp', 'fellBehind', 'caughtUp']);
    expect(world.handled).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const measured = new Map(subscription.measure().map(({ name, value }) => [name, value]));
    expect(measured.get('subscription_handled_total')).toBe(9);
    expect(measured.get('subscription_checkpoint')).toBe(9);
  });

  it('goes on where it stopped, in another process too', async () => {
    await world.append('a', 'b');
    const first = world.subscribe();
    await handledAll(2);
    await first.stop();
    expect(first.status().state).toBe('stopped');
    await world.append('a');
    world.subscribe();
    await handledAll(3);
    expect(world.handled).toEqual([1, 2, 3]);
  });

  it('passes over what it filters, and does not look at it again', async () => {
    await world.append(...Array.from({ length: 1500 }, () => 'a'), 'b');
    const subscription = world.subscribe({ filter: ({ stream }) => stream.id === 'b' });
    await handledAll(1);
    await subscription.stop();
    expect(world.handled).toEqual([1501]);
    expect(await world.store.checkpoint('totals')).toBe(1501);
  });

  it('is woken before its time', async () => {
    const subscription = world.subscribe({ pollMs: 3_600_000 });
    await until('caught up', () => kinds().includes('caughtUp'));
    await world.append('a');
    subscription.wake();
    await handledAll(1);
  });

  it('finishes the event in hand when it is paused or stopped, and no other', async () => {
    await world.append('a', 'a', 'a');
    const hands = { open: Promise.withResolvers<void>(), taken: 0 };
    const each = async ({ position }: StreamEvent) => {
      hands.taken++;
      await hands.open.promise;
      world.handled.push(position);
    };
    const subscription = world.subscribe({ handler: { each } });
    await until('one in hand', () => hands.taken === 1);
    const paused = subscription.pause();
    hands.open.resolve();
    await paused;
    expect(subscription.status().state).toBe('paused');
    expect(world.handled).toEqual([1]);
    expect(await world.store.checkpoint('totals')).toBe(1);
    expect(await world.store.acquire('totals', 'somebody else', 1000)).toBeNull();
    hands.open = Promise.withResolvers();
    subscription.resume();
    await until('the next in hand', () => hands.taken === 2);
    const stopped = subscription.stop();
    hands.open.resolve();
    await stopped;
    expect(world.handled).toEqual([1, 2]);
    expect(await world.store.acquire('totals', 'somebody else', 1000)).toMatchObject({ checkpoint: 2 });
  });

  it('refuses a checkpoint beyond the end of the log, instead of skipping what comes', async () => {
    await world.append('a');
    await world.store.reset('totals', 5);
    const subscription = world.subscribe();
    await until('it fails', () => kinds().includes('failing'));
    expect(subscription.status().problem).toContain('another log');
    expect(world.handled).toEqual([]);
  });
});

describe('a handler that fails', () => {
  const poisoned = new Set<number>();
  let attempts: number[];
  const each = (event: StreamEvent) => {
    attempts.push(event.position);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- handlers are other people's code
    if (poisoned.has(event.position)) throw 'poison';
    world.handled.push(event.position);
  };
  beforeEach(() => {
    poisoned.clear();
    attempts = [];
  });

  it('for a while is called again', async () => {
    await world.append('a', 'a');
    poisoned.add(1);
    world.subscribe({ handler: { each }, onSignal: ({ type }) => type === 'retrying' && poisoned.clear() });
    await handledAll(2);
    expect(attempts).toEqual([1, 1, 2]);
  });

  it('for good makes a dead letter, behind which its stream waits, until it is replayed in order', async () => {
    await world.append('a', 'b', 'a', 'b', 'a');
    poisoned.add(1);
    const subscription = world.subscribe({ handler: { each } });
    await until('caught up', () => subscription.status().state === 'caughtUp');
    expect(world.handled).toEqual([2, 4]);
    expect(attempts).toEqual([1, 1, 1, 2, 4]);
    const letters = await subscription.deadLetters();
    expect(letters.map(({ position, attempts: tries, stream }) => [position, tries, stream])).toEqual([
      [1, 3, 'acme/invoice/a'],
      [3, 0, 'acme/invoice/a'],
      [5, 0, 'acme/invoice/a'],
    ]);
    expect(letters[0]?.error).toBe('poison');
    await expect(subscription.replay(3)).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
    await expect(subscription.replay(2)).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
    await expect(subscription.replay(1)).rejects.toBe('poison');
    expect(await subscription.deadLetters()).toHaveLength(3);
    poisoned.clear();
    await subscription.replay(1);
    await subscription.discard(3);
    await subscription.replay(5);
    expect(world.handled).toEqual([2, 4, 1, 5]);
    expect(await subscription.deadLetters()).toEqual([]);
    await world.append('a');
    await handledAll(5);
    expect(world.handled.at(-1)).toBe(6);
  });

  it('keeps a stream waiting behind its dead letter after a hand-over too', async () => {
    await world.append('a');
    poisoned.add(1);
    const first = world.subscribe({ handler: { each } });
    await until('a dead letter', () => kinds().includes('deadLettered'));
    await first.stop();
    await world.append('a', 'b');
    world.subscribe({ handler: { each } });
    await handledAll(1);
    expect(world.handled).toEqual([3]);
    expect(await first.deadLetters()).toHaveLength(2);
  });

  it('in a batch is given its events one by one, and only the culprit becomes a dead letter', async () => {
    await world.append('a', 'b', 'c', 'd');
    const batches: number[][] = [];
    const batch = (events: readonly StreamEvent[]) => {
      const positions = events.map(({ position }) => position);
      batches.push(positions);
      if (positions.includes(2)) throw new Error('poison');
      world.handled.push(...positions);
    };
    const subscription = world.subscribe({ handler: { batch } });
    await until('caught up', () => subscription.status().state === 'caughtUp');
    expect(batches[0]).toEqual([1, 2, 3, 4]);
    expect(world.handled).toEqual([1, 3, 4]);
    expect((await subscription.deadLetters()).map(({ position }) => position)).toEqual([2]);
  });

  it('takes nothing down, nor does a listener that fails', async () => {
    await world.append('a');
    const said: object[] = [];
    const logger = { ...silentLogger, error: (fields: object) => void said.push(fields) };
    world.subscribe({
      handler: { each },
      logger,
      onSignal: () => {
        throw new Error('a bad listener');
      },
    });
    await handledAll(1);
    expect(said[0]).toMatchObject({ error: 'a bad listener' });
  });
});

describe('a store or a log that is away for a while', () => {
  it('makes nothing be handled twice or skipped', async () => {
    await world.append(...Array.from({ length: 40 }, (_, index) => `s${index % 3}`));
    /** Answers every second call only. */
    const flaky = <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) => {
      let calls = 0;
      return async (...args: Args): Promise<Result> => {
        calls++;
        if (calls % 2 !== 0) throw new Error('away');
        return call(...args);
      };
    };
    const { store, events } = world;
    world.subscribe({
      batchSize: 4,
      source: { readAll: flaky((request) => events.readAll(request)) },
      store: {
        ...store,
        advance: flaky((...args) => store.advance(...args)),
        acquire: flaky((...args) => store.acquire(...args)),
      },
    });
    await handledAll(40);
    await world.stop();
    expect(world.handled).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(kinds()).toContain('failing');
  });
});

it('needs a name', () => {
  const make = () =>
    createSubscription<StreamEvent>({
      name: 'a b',
      source: world.events,
      store: world.store,
      handler: { each: () => undefined },
      clock: systemClock,
      logger: silentLogger,
    });
  expect(make).toThrowError(expect.objectContaining({ code: 'INVALID_MESSAGE' }));
});
