// What the tests of subscriptions are written in.

import {
  createMemorySubscriptionStore,
  createSubscription,
  type EventStore,
  silentLogger,
  type StreamEvent,
  type Subscription,
  type SubscriptionOptions,
  type SubscriptionSignal,
  type SubscriptionStore,
  systemClock,
} from '@paystrata/application';
import { createMemoryEventStore } from '../memory/memory-event-store.ts';
import { newEvent, streamNamed } from './event-store-world.ts';

/** Resolves once it is so. */
export async function until(what: string, isSo: () => boolean, timeoutMs = 5000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`waited in vain for: ${what}`);
    await new Promise(setImmediate);
  }
}

export interface SubscriptionWorld {
  readonly events: EventStore;
  readonly store: SubscriptionStore;
  readonly signals: SubscriptionSignal[];
  /** A subscription that notes what it handles, with what a test changes about it. */
  subscribe(changes?: Partial<SubscriptionOptions<StreamEvent>>): Subscription;
  readonly handled: number[];
  /** One event on each of these streams. */
  append(...streams: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export function createSubscriptionWorld(store = createMemorySubscriptionStore(systemClock)): SubscriptionWorld {
  const events = createMemoryEventStore();
  const signals: SubscriptionSignal[] = [];
  const handled: number[] = [];
  const started: Subscription[] = [];
  return {
    events,
    store,
    signals,
    handled,
    subscribe: (changes = {}) => {
      const subscription = createSubscription<StreamEvent>({
        name: 'totals',
        source: events,
        store,
        handler: { each: ({ position }) => void handled.push(position) },
        clock: systemClock,
        logger: silentLogger,
        onSignal: (signal) => signals.push(signal),
        pollMs: 5,
        retry: { attempts: 3, firstDelayMs: 1, maxDelayMs: 4 },
        ...changes,
      });
      started.push(subscription);
      subscription.start();
      return subscription;
    },
    append: async (...streams) => {
      for (const id of streams) await events.append(streamNamed(id), [newEvent()], 'any');
    },
    stop: async () => {
      for (const each of started) await each.stop();
    },
  };
}

/** Asks until the answer is not null. */
export async function asking<T>(ask: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline) throw new Error('asked in vain');
    await new Promise(setImmediate);
  }
}
