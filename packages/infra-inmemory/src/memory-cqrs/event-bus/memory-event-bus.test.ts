// The event bus: ordered per payment, patient, isolated, bounded, and safe from handlers that go round in circles.

import type { RecordedEvent } from '@paystrata/application';
import { acme } from '@paystrata/conformance/random-payments';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemoryCqrsStrategy } from '../memory-cqrs.ts';
import { createStandingClock, type StandingClock } from '../testing/standing-clock.ts';
import { creation, describing, done, noting, startStrategy, until } from '../testing/test-strategy.ts';

let clock: StandingClock;
let strategy: MemoryCqrsStrategy;

beforeEach(async () => {
  clock = createStandingClock();
  strategy = await startStrategy({ clock });
});

afterEach(async () => {
  const stopped = strategy.stop();
  clock.advance(10_000);
  await stopped;
});

const statusOf = (name: string) => strategy.events.subscriptions().find((each) => each.name === name);

/** Moves the clock through every pause until the subscription has nothing more to try. */
async function untilDead(name: string, letters: number): Promise<void> {
  await until(() => {
    if (clock.sleepers > 0) clock.advance(1000);
    return (statusOf(name)?.deadLetters ?? 0) >= letters;
  });
}

describe('the event bus', () => {
  it('hands each payment’s events on in order, those of the asked types, from where it is told', async () => {
    const { paymentId } = await done(strategy, creation());
    const seen: Record<string, string[]> = { all: [], next: [], updates: [] };
    const note = (name: string) => async (event: RecordedEvent) =>
      void seen[name]?.push(`${event.type} ${event.version}`);
    strategy.events.subscribe({ name: 'all', types: 'all', from: 'first' }, note('all'));
    strategy.events.subscribe({ name: 'next', types: 'all' }, note('next'));
    strategy.events.subscribe({ name: 'updates', types: ['PaymentUpdated'], from: 'first' }, note('updates'));
    for (const description of ['a', 'b']) await done(strategy, describing(paymentId, description));
    await strategy.events.settled();
    const updates = ['PaymentUpdated 2', 'PaymentUpdated 3'];
    expect(seen).toEqual({ all: ['PaymentCreated 1', ...updates], next: updates, updates });
    expect(statusOf('all')).toMatchObject({ checkpoint: 3, lag: 0 });
  });

  it('tries again with growing pauses, and holds up neither other payments nor other handlers', async () => {
    const attempts: number[] = [];
    const calm: number[] = [];
    strategy.events.subscribe({ name: 'shaky', types: 'all' }, async ({ position }, { attempt }) => {
      if (position === 1) attempts.push(attempt);
      if (position === 1 && attempt < 3) throw new Error('not yet');
    });
    strategy.events.subscribe({ name: 'calm', types: 'all' }, async ({ position }) => void calm.push(position));
    await done(strategy, creation());
    await done(strategy, creation());
    // Each of the two subscriptions sleeps until it looks for handlers that do not end.
    await until(() => calm.length === 2 && clock.sleepers === 3);
    expect([attempts, statusOf('shaky')?.checkpoint]).toEqual([[1], 0]);
    clock.advance(99);
    expect(attempts).toEqual([1]);
    clock.advance(1);
    await until(() => clock.sleepers === 3);
    clock.advance(199);
    expect(attempts).toEqual([1, 2]);
    clock.advance(1);
    await strategy.events.settled();
    expect([attempts, statusOf('shaky')]).toMatchObject([[1, 2, 3], { checkpoint: 2, deadLetters: 0 }]);
  });

  it('keeps what fails for good, and later events of that payment behind it, to be replayed in order', async () => {
    let isWell = false;
    const handled: number[] = [];
    // Throws at once, not in a promise: no less a failure.
    strategy.events.subscribe({ name: 'ill', types: 'all' }, ({ position }) => {
      if (!isWell && position === 1) throw new Error('out of order');
      handled.push(position);
      return Promise.resolve();
    });
    const { paymentId } = await done(strategy, creation());
    await done(strategy, creation());
    await done(strategy, describing(paymentId, 'later'));
    await untilDead('ill', 2);
    expect(handled).toEqual([2]);
    expect(strategy.events.deadLetters('ill')).toMatchObject([
      { position: 1, error: 'out of order', attempts: 5, organizationId: acme, type: 'PaymentCreated' },
      { position: 3, error: 'waits behind the event at position 1', attempts: 0 },
    ]);
    expect(await strategy.events.replayDeadLetters('ill')).toBe(0);
    expect(strategy.events.deadLetters('ill')[0]?.attempts).toBe(6);
    isWell = true;
    expect(await strategy.events.replayDeadLetters('ill')).toBe(2);
    expect(handled).toEqual([2, 1, 3]);
    expect(strategy.events.deadLetters('ill')).toEqual([]);
  });

  it('gives dead letters up when it is told to', async () => {
    strategy.events.subscribe({ name: 'ill', types: 'all' }, () => Promise.reject(new Error('never')));
    const { paymentId } = await done(strategy, creation());
    await done(strategy, creation());
    await untilDead('ill', 2);
    expect(strategy.events.discardDeadLetters('ill', { organizationId: acme, paymentId })).toBe(1);
    expect(strategy.events.discardDeadLetters('ill')).toBe(1);
  });

  it('gives a handler up that does not end, and goes on with other payments', async () => {
    const handled: number[] = [];
    const calls: number[] = [];
    let isWell = false;
    let aborted = false;
    strategy.events.subscribe({ name: 'stuck', types: 'all', timeoutMs: 4000 }, async ({ position }, { signal }) => {
      calls.push(position);
      signal.addEventListener('abort', () => (aborted = true));
      if (!isWell && position === 1) await new Promise(() => undefined);
      handled.push(position);
    });
    const { paymentId } = await done(strategy, creation());
    await done(strategy, describing(paymentId, 'later'));
    await done(strategy, creation());
    await until(() => handled.length === 1);
    for (let look = 0; look < 4; look += 1) {
      await until(() => clock.sleepers === 1);
      expect([statusOf('stuck')?.deadLetters, aborted]).toEqual([0, false]);
      clock.advance(1000);
    }
    await untilDead('stuck', 2);
    expect([handled, calls, aborted]).toEqual([[3], [1, 3], true]);
    expect(strategy.events.deadLetters('stuck')).toMatchObject([
      { position: 1, error: 'the handler did not end within 4000 ms; it may still be at work', attempts: 1 },
      { position: 2, attempts: 0 },
    ]);
    isWell = true;
    expect(await strategy.events.replayDeadLetters('stuck')).toBe(2);
    expect(handled).toEqual([3, 1, 2]);
    const nothing = async () => undefined;
    expect(() => strategy.events.subscribe({ name: 'other', types: 'all', timeoutMs: 0 }, nothing)).toThrow(
      'timeoutMs',
    );
  });

  it('takes no more in hand than it can, and leaves the rest in the log', async () => {
    const waiting: (() => void)[] = [];
    let handled = 0;
    strategy.events.subscribe({ name: 'slow', types: 'all' }, async () => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      handled += 1;
    });
    await strategy.write.executeBulk(Array.from({ length: 2000 }, () => creation()));
    await until(() => waiting.length === 256);
    await done(strategy, creation());
    expect([waiting.length, statusOf('slow')?.lag]).toEqual([256, 2001]);
    await until(() => {
      for (const go of waiting.splice(0)) go();
      return handled === 2001;
    });
    await until(() => statusOf('slow')?.lag === 0);
  });

  it('ties the commands of a handler to its event', async () => {
    strategy.events.subscribe({ name: 'notes', types: ['PaymentCreated'] }, async ({ paymentId }) => {
      await done(strategy, noting(paymentId, { seen: 'yes' }));
    });
    const { paymentId, events } = await done(strategy, creation());
    await strategy.events.settled();
    const history = await strategy.log.history(
      { type: 'PaymentHistory', paymentId, fromVersion: 1 },
      { organizationId: acme, atLeast: null, timeoutMs: 0 },
    );
    expect(history[1]).toMatchObject({
      type: 'PaymentUpdated',
      causationId: events[0]?.eventId,
      correlationId: events[0]?.correlationId,
    });
    const unrelated = await done(strategy, noting(paymentId, { by: 'hand' }));
    expect(unrelated.events[0]?.causationId).toBeNull();
  });

  it('ends handlers that cause each other without end, and says who they are', async () => {
    let count = 0;
    const answer = async ({ paymentId }: RecordedEvent) => {
      count += 1;
      await done(strategy, noting(paymentId, { round: String(count) }));
    };
    strategy.events.subscribe({ name: 'ping', types: ['PaymentCreated', 'PaymentUpdated'] }, answer);
    const { paymentId } = await done(strategy, creation());
    await until(() => (statusOf('ping')?.deadLetters ?? 0) === 1);
    expect(count).toBe(17);
    const [letter] = strategy.events.deadLetters('ping');
    expect(letter).toMatchObject({ attempts: 1, paymentId });
    expect(letter?.error).toContain('would be caused by 17 handlers in a row (ping → ping');
  });

  it('refuses a name that is taken, a type that no event has, and a subscription that is not there', () => {
    const nothing = async () => undefined;
    const end = strategy.events.subscribe({ name: 'one', types: 'all' }, nothing);
    const code = (work: () => unknown) => {
      try {
        work();
        return null;
      } catch (error) {
        return error instanceof Error && 'code' in error ? error.code : error;
      }
    };
    expect(code(() => strategy.events.subscribe({ name: 'one', types: 'all' }, nothing))).toBe(
      'HANDLER_REGISTERED_TWICE',
    );
    const types = ['PaymentVanished' as never];
    expect(code(() => strategy.events.subscribe({ name: 'two', types }, nothing))).toBe('UNKNOWN_MESSAGE');
    expect(code(() => strategy.events.deadLetters('three'))).toBe('UNKNOWN_MESSAGE');
    end();
    expect(code(() => strategy.events.subscribe({ name: 'one', types: 'all' }, nothing))).toBeNull();
  });
});
